package io.stockhook.events.delivery;

import io.stockhook.events.MalformedRecordException;
import io.stockhook.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * What is not tried any more, on {@link Topics#DEAD_LETTERS}: either a delivery that ran out, whose task headers and data are kept
 * as they are, or any record that could not be read, kept with its key, headers and bytes and the place it came from.
 *
 * @param reason the reason code: {@code retries_exhausted}, {@code malformed_record} and so on
 * @param detail what happened, for a person; null if the reason says it all
 * @param deadAt when it was given up
 * @param origin {@code topic/partition/offset} of the record that was set aside; null for a delivery
 */
public record DeadLetter(
        String reason,
        @Nullable String detail,
        Instant deadAt,
        @Nullable String origin) {

    /** The name of the header that holds this. */
    public static final String HEADER = "stockhook-dead";

    /** The reason of a record that cannot be read. */
    public static final String MALFORMED_RECORD = "malformed_record";

    private static final int VERSION = 1;
    /** Leaves room for the header that is added and the framing, in bytes. */
    private static final int MAX_SET_ASIDE_BYTES = Topics.MAX_RECORD_BYTES - 32 * 1024;

    private static final int HEADER_OVERHEAD_BYTES = 10;

    /** The record of a delivery that is given up. */
    public static ProducerRecord<byte[], byte[]> of(DeliveryTask task, DeadLetter letter) {
        ProducerRecord<byte[], byte[]> target = new ProducerRecord<>(
                Topics.DEAD_LETTERS, task.endpointId().getBytes(StandardCharsets.UTF_8), task.data());
        target.headers().add(task.header()).add(letter.header());
        return target;
    }

    /**
     * The record of a record that is set aside, with all that it had. What would make it longer than a topic takes is left out, the value
     * first, and the detail says so: one that is refused could never be set aside. It can be read where it came from, while it is there.
     */
    public static ProducerRecord<byte[], byte[]> of(
            ConsumerRecord<byte[], byte[]> malformed, String detail, Instant now) {
        long size = length(malformed.key());
        for (Header header : malformed.headers()) {
            size += HEADER_OVERHEAD_BYTES + header.key().length() * 3L + length(header.value());
        }
        boolean isHeadTooLong = size > MAX_SET_ASIDE_BYTES;
        boolean isTooLong = isHeadTooLong || size + length(malformed.value()) > MAX_SET_ASIDE_BYTES;
        ProducerRecord<byte[], byte[]> target = new ProducerRecord<>(
                Topics.DEAD_LETTERS, isHeadTooLong ? null : malformed.key(), isTooLong ? null : malformed.value());
        if (!isHeadTooLong) {
            malformed.headers().forEach(target.headers()::add);
        }
        String origin = malformed.topic() + '/' + malformed.partition() + '/' + malformed.offset();
        String why = isTooLong ? detail + "; too long to be kept: " + length(malformed.value()) + " bytes" : detail;
        target.headers().add(new DeadLetter(MALFORMED_RECORD, why, now, origin).header());
        return target;
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    /**
     * What a record says of its end.
     *
     * @throws MalformedRecordException if it says nothing
     */
    public static DeadLetter read(Headers headers) {
        Header header = headers.lastHeader(HEADER);
        if (header == null) {
            throw new MalformedRecordException("a dead letter without header " + HEADER);
        }
        WireReader in = new WireReader(header.value(), VERSION);
        return new DeadLetter(in.requiredText("reason"), in.text(), in.requiredTime("time"), in.text());
    }

    private Header header() {
        byte[] encoded = new WireWriter(VERSION)
                .text(reason)
                .text(detail)
                .time(deadAt)
                .text(origin)
                .toBytes();
        return new RecordHeader(HEADER, encoded);
    }
}
