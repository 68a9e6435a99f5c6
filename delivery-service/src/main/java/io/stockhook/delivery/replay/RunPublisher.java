package io.stockhook.delivery.replay;

import io.quarkus.runtime.ShutdownEvent;
import io.stockhook.delivery.stream.StreamClients;
import io.stockhook.web.problem.Problems;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Sends what begins or ends runs, and waits until the broker has it. Thread-safe. */
@Singleton
public class RunPublisher {

    private static final Logger LOG = Logger.getLogger(RunPublisher.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final StreamClients clients;
    private final Duration acknowledgedWithin;
    private @Nullable Producer<byte[], byte[]> producer;

    RunPublisher(StreamClients clients, ReplayConfig config) {
        this.clients = clients;
        this.acknowledgedWithin = config.acknowledgedWithin();
    }

    /**
     * Sends the records and waits for all of them.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 503 if the broker has not acknowledged all in time; some may be on their topics
     */
    public void publish(Collection<ProducerRecord<byte[], byte[]>> targets) {
        long deadline = System.nanoTime() + acknowledgedWithin.toNanos();
        try {
            Producer<byte[], byte[]> sender = producer();
            List<Future<RecordMetadata>> sends = new ArrayList<>(targets.size());
            for (ProducerRecord<byte[], byte[]> target : targets) {
                sends.add(sender.send(target));
            }
            for (Future<RecordMetadata> send : sends) {
                RecordMetadata unused = send.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw unavailable(e);
        }
    }

    void close(@Observes ShutdownEvent event) {
        closeProducer();
    }

    private RuntimeException unavailable(Exception cause) {
        LOG.warnf("runs not acknowledged by the broker: within=%s cause=%s", acknowledgedWithin, cause);
        return Problems.unavailable("The broker does not take it now; ask again.", acknowledgedWithin);
    }

    private synchronized Producer<byte[], byte[]> producer() {
        if (producer == null) {
            producer = clients.producer(acknowledgedWithin.toMillis(), Duration.ZERO);
        }
        return producer;
    }

    private synchronized void closeProducer() {
        if (producer != null) {
            producer.close(CLOSE_TIMEOUT);
            producer = null;
        }
    }
}
