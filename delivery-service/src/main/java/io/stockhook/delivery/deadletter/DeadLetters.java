package io.stockhook.delivery.deadletter;

import io.stockhook.delivery.retry.Decision;
import io.stockhook.events.delivery.DeadLetter;
import io.stockhook.events.delivery.DeliveryTask;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes the records of the dead letter topic. Pure. */
public final class DeadLetters {

    private DeadLetters() {}

    /** A delivery that is given up, with its data. */
    public static ProducerRecord<byte[], byte[]> of(
            DeliveryTask task, Decision decision, String lastError, Instant now) {
        return DeadLetter.of(task, new DeadLetter(decision.reason(), "last error: " + lastError, now, null));
    }

    /** A record that cannot be read, with its bytes. */
    public static ProducerRecord<byte[], byte[]> malformed(
            ConsumerRecord<byte[], byte[]> source, RuntimeException why, Instant now) {
        return DeadLetter.of(source, String.valueOf(why.getMessage()), now);
    }
}
