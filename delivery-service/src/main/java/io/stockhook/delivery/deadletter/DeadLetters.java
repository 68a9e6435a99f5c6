package io.stockhook.delivery.deadletter;

import io.stockhook.delivery.retry.Decision;
import io.stockhook.events.delivery.DeadLetter;
import io.stockhook.events.delivery.DeliveryTask;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes the dead letters of deliveries. Pure. */
public final class DeadLetters {

    private DeadLetters() {}

    /** A delivery that is given up, with its data. */
    public static ProducerRecord<byte[], byte[]> of(
            DeliveryTask task, Decision decision, String lastError, Instant now) {
        return DeadLetter.of(task, new DeadLetter(decision.reason(), "last error: " + lastError, now, null));
    }
}
