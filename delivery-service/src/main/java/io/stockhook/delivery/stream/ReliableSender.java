package io.stockhook.delivery.stream;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * Produces without ever blocking its caller and without giving up: a send that the producer refuses, because its buffer is full or a
 * topic's leader is unknown, is repeated until it is acknowledged. What led to the record is never repeated for it. Thread-safe.
 */
public final class ReliableSender {

    private static final Logger LOG = Logger.getLogger(ReliableSender.class);

    private final Producer<byte[], byte[]> producer;
    private final ScheduledExecutorService retries;
    private final Duration retryInterval;

    /** @param producer with a {@code max.block.ms} of zero */
    public ReliableSender(Producer<byte[], byte[]> producer, ScheduledExecutorService retries, Duration retryInterval) {
        this.producer = producer;
        this.retries = retries;
        this.retryInterval = retryInterval;
    }

    /**
     * Produces a record.
     *
     * @param acknowledged called once, when the broker has it
     */
    public void send(ProducerRecord<byte[], byte[]> target, Runnable acknowledged) {
        try {
            producer.send(target, (metadata, error) -> {
                if (error == null) {
                    acknowledged.run();
                } else {
                    repeat(target, acknowledged, error);
                }
            });
        } catch (KafkaException e) {
            repeat(target, acknowledged, e);
        }
    }

    private void repeat(ProducerRecord<byte[], byte[]> target, Runnable acknowledged, Exception error) {
        LOG.debugf("repeats a send: topic=%s why=%s", target.topic(), error.getMessage());
        // A producer stamps headers read-only once it has taken a record, so the repetition is a record of its own.
        ProducerRecord<byte[], byte[]> again =
                new ProducerRecord<>(target.topic(), null, target.key(), target.value(), target.headers());
        retries.schedule(() -> send(again, acknowledged), retryInterval.toMillis(), TimeUnit.MILLISECONDS);
    }
}
