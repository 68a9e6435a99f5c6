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
 * Which runs of a delivery are not to be attempted any more, on {@link Topics#CONTROL}. It is how something that waits already, on
 * whatever topic, is taken back: a task of a lower run is dropped when it surfaces.
 *
 * @param deliveryId the delivery, and the record's key
 * @param lowestRun the lowest run that is still valid, at least 2
 * @param isCancelled whether the runs below it were cancelled; else a higher run has taken their place
 * @param since when that was decided, to the millisecond
 * @param keepUntil until when a task of a lower run may surface
 */
public record RunControl(String deliveryId, int lowestRun, boolean isCancelled, Instant since, Instant keepUntil) {

    /** The reason of a task that was dropped because its delivery was cancelled. */
    public static final String CANCELLED = "cancelled";
    /** The reason of a task that was dropped because a higher run has taken its place. */
    public static final String SUPERSEDED = "superseded";

    private static final int VERSION = 1;

    /** All runs up to this one are cancelled. */
    public static RunControl cancel(String deliveryId, int upToRun, Instant since, Instant keepUntil) {
        return new RunControl(deliveryId, upToRun + 1, true, since.truncatedTo(ChronoUnit.MILLIS), keepUntil);
    }

    /** This run takes the place of all before it. */
    public static RunControl supersede(String deliveryId, int run, Instant since, Instant keepUntil) {
        return new RunControl(deliveryId, run, false, since.truncatedTo(ChronoUnit.MILLIS), keepUntil);
    }

    /** The record on the topic. */
    public ProducerRecord<byte[], byte[]> toRecord() {
        byte[] value = new WireWriter(VERSION)
                .number(lowestRun)
                .number(isCancelled ? 1 : 0)
                .time(since)
                .time(keepUntil)
                .toBytes();
        return new ProducerRecord<>(Topics.CONTROL, key(deliveryId), value);
    }

    /** The record that ends what was said of a delivery. */
    public static ProducerRecord<byte[], byte[]> tombstone(String deliveryId) {
        return new ProducerRecord<>(Topics.CONTROL, key(deliveryId), null);
    }

    /**
     * What a record says.
     *
     * @throws MalformedRecordException if it says nothing that can be read
     */
    public static RunControl read(String key, byte @Nullable [] value) {
        if (!Ids.isA(Ids.Kind.DELIVERY, key)) {
            throw new MalformedRecordException("a control entry whose key is no delivery's id");
        }
        WireReader in = new WireReader(value, VERSION);
        RunControl control = new RunControl(
                key, in.integer(), in.integer() != 0, in.requiredTime("time"), in.requiredTime("end of its use"));
        if (control.lowestRun < 2) {
            throw new MalformedRecordException("a control entry that lets every run pass");
        }
        return control;
    }

    private static byte[] key(String deliveryId) {
        return deliveryId.getBytes(StandardCharsets.UTF_8);
    }
}
