package io.stockhook.events.delivery;

import io.stockhook.events.Ids;
import io.stockhook.events.MalformedRecordException;
import io.stockhook.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint says of a delivery that it had taken with 202, on {@link Topics#CONTROL}. The task that waits for it ends it.
 *
 * @param deliveryId the delivery; the record's key is {@value #KEY_PREFIX} and this
 * @param run its run, from 1
 * @param attempt the attempt that is confirmed, from 1
 * @param isAccepted whether the endpoint has done what the delivery is for; else it could not
 * @param reason why not; null if it has, or does not say
 * @param keepUntil until when a task may surface that waits for it
 */
public record Confirmation(
        String deliveryId,
        int run,
        int attempt,
        boolean isAccepted,
        @Nullable String reason,
        Instant keepUntil) {

    /** The reason code of a delivery that was confirmed. */
    public static final String CONFIRMED = "confirmed";
    /** The reason code of an attempt that was taken with 202. */
    public static final String AWAITING = "awaiting_confirmation";
    /** The error class of an attempt that was not confirmed in time. */
    public static final String UNCONFIRMED = "unconfirmed";
    /** The error class of an attempt that was confirmed as failed. */
    public static final String REFUSED = "refused";

    private static final String KEY_PREFIX = "confirmation:";
    private static final int VERSION = 1;

    /** As precise as the record. */
    public Confirmation {
        keepUntil = keepUntil.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Whether a record with this key is one of these. */
    public static boolean isKey(String key) {
        return key.startsWith(KEY_PREFIX);
    }

    /** The key of what is said of a delivery. */
    public static String key(String deliveryId) {
        return KEY_PREFIX + deliveryId;
    }

    /** The delivery that a key is about. */
    public static String deliveryId(String key) {
        return key.substring(KEY_PREFIX.length());
    }

    /** Whether it is about the attempt that this task makes or waits for, or says that the whole run is done. */
    public boolean isOf(DeliveryTask task) {
        return run == task.run() && (isAccepted || attempt == task.attempt());
    }

    /** The record on the topic. */
    public ProducerRecord<byte[], byte[]> toRecord() {
        byte[] value = new WireWriter(VERSION)
                .number(run)
                .number(attempt)
                .number(isAccepted ? 1 : 0)
                .text(reason)
                .time(keepUntil)
                .toBytes();
        return new ProducerRecord<>(Topics.CONTROL, keyBytes(deliveryId), value);
    }

    /** The record that ends what was said. */
    public static ProducerRecord<byte[], byte[]> tombstone(String deliveryId) {
        return new ProducerRecord<>(Topics.CONTROL, keyBytes(deliveryId), null);
    }

    /**
     * What a record says.
     *
     * @throws MalformedRecordException if it says nothing that can be read
     */
    public static Confirmation read(String key, byte @Nullable [] value) {
        if (!isKey(key) || !Ids.isA(Ids.Kind.DELIVERY, deliveryId(key))) {
            throw new MalformedRecordException("a confirmation whose key is no delivery's");
        }
        WireReader in = new WireReader(value, VERSION);
        Confirmation confirmation = new Confirmation(
                deliveryId(key),
                in.integer(),
                in.integer(),
                in.integer() != 0,
                in.text(),
                in.requiredTime("end of its use"));
        if (confirmation.run < 1 || confirmation.attempt < 1) {
            throw new MalformedRecordException("a confirmation of no attempt");
        }
        return confirmation;
    }

    private static byte[] keyBytes(String deliveryId) {
        return key(deliveryId).getBytes(StandardCharsets.UTF_8);
    }
}
