package io.stockhook.receiver.event;

import io.quarkus.runtime.ShutdownEvent;
import io.stockhook.events.EventEnvelope;
import io.stockhook.events.Topics;
import io.stockhook.web.kafka.KafkaClientSettings;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The topic {@link Topics#RECEIVED_EVENTS}, to be appended to. A client of its own and no messaging channel, because the answer
 * to the publisher is the acknowledgement of exactly its records. Thread-safe.
 */
@Singleton
class ReceivedEventsLog {

    private static final Logger LOG = Logger.getLogger(ReceivedEventsLog.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Map<String, Object> settings;
    private final Duration timeout;
    private @Nullable Producer<String, byte[]> producer;

    ReceivedEventsLog(KafkaClientSettings kafka, EventConfig config) {
        this.timeout = config.publishTimeout();
        this.settings = new HashMap<>(kafka.asMap());
        int timeoutMs = Math.toIntExact(timeout.toMillis());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
        // What is given up here is given up by the client too: the sweeper, not its buffer, brings it later.
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeoutMs);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeoutMs);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeoutMs);
    }

    /**
     * Appends the events in this order and waits until all are acknowledged or the publish timeout has passed.
     *
     * @return those that were acknowledged in time; the others may be on the topic or not
     */
    List<EventEnvelope> append(List<EventEnvelope> events) {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<Future<RecordMetadata>> sends = send(events, deadline);
        List<EventEnvelope> acknowledged = new ArrayList<>(sends.size());
        for (int index = 0; index < sends.size(); index++) {
            if (isAcknowledged(sends.get(index), deadline)) {
                acknowledged.add(events.get(index));
            }
        }
        if (acknowledged.size() < events.size()) {
            LOG.warnf("events not acknowledged in time: count=%d", events.size() - acknowledged.size());
        }
        return acknowledged;
    }

    void close(@Observes ShutdownEvent event) {
        closeProducer();
    }

    /** Sends until the broker does not even take a record in time; the rest would only wait as long again. */
    private List<Future<RecordMetadata>> send(List<EventEnvelope> events, long deadline) {
        List<Future<RecordMetadata>> sends = new ArrayList<>(events.size());
        try {
            Producer<String, byte[]> open = producer();
            for (EventEnvelope event : events) {
                if (System.nanoTime() - deadline >= 0) {
                    break;
                }
                sends.add(open.send(new ProducerRecord<>(
                        Topics.RECEIVED_EVENTS, null, event.recordKey(), event.data(), event.headers())));
            }
        } catch (KafkaException e) {
            LOG.warnf("events cannot be sent: cause=%s", e.getMessage());
        }
        return sends;
    }

    private static boolean isAcknowledged(Future<RecordMetadata> send, long deadline) {
        try {
            send.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException e) {
            LOG.debugf("event refused by the broker: cause=%s", e.getCause());
            return false;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Opened at the first event and not at start: while no broker's name can be resolved, a client cannot be made. */
    private synchronized Producer<String, byte[]> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    private synchronized void closeProducer() {
        if (producer != null) {
            producer.close(CLOSE_TIMEOUT);
        }
    }
}
