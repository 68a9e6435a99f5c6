package io.stockhook.events.delivery;

import io.stockhook.events.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what {@link WireWriter} wrote; whatever else it is given ends in a {@link MalformedRecordException}. */
final class WireReader {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final int MAX_ENTRIES = 1_000;

    private final byte[] bytes;
    private int position;

    WireReader(byte @Nullable [] bytes, int version) {
        if (bytes == null || bytes.length == 0) {
            throw new MalformedRecordException("an empty record");
        }
        if (bytes[0] != version) {
            throw new MalformedRecordException("version " + bytes[0] + " of a record, only " + version + " is known");
        }
        this.bytes = bytes;
        this.position = 1;
    }

    /** Where the next field begins. */
    int position() {
        return position;
    }

    long number() {
        if (position >= bytes.length) {
            return 0;
        }
        long zigzag = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (position >= bytes.length) {
                throw new MalformedRecordException("a record ends inside a number");
            }
            byte part = bytes[position++];
            zigzag |= (part & 0x7FL) << shift;
            if (part >= 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        throw new MalformedRecordException("a number of more than ten bytes in a record");
    }

    int integer() {
        long value = number();
        if (value != (int) value) {
            throw new MalformedRecordException("a number out of range in a record");
        }
        return (int) value;
    }

    @Nullable
    String text() {
        int size = integer() - 1;
        if (size == -1) {
            return null;
        }
        if (size < 0 || size > bytes.length - position) {
            throw new MalformedRecordException("a text reaches past the end of its record");
        }
        String text = new String(bytes, position, size, StandardCharsets.UTF_8);
        position += size;
        return text;
    }

    String requiredText(String field) {
        String text = text();
        if (text == null || text.isEmpty()) {
            throw new MalformedRecordException("a record without " + field);
        }
        return text;
    }

    @Nullable
    Instant time() {
        if (number() == 0) {
            return null;
        }
        long micros = number();
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
    }

    Instant requiredTime(String field) {
        Instant time = time();
        if (time == null) {
            throw new MalformedRecordException("a record without " + field);
        }
        return time;
    }

    <T extends Enum<T>> T constant(T[] constants, String field) {
        int ordinal = integer();
        if (ordinal < 0 || ordinal >= constants.length) {
            throw new MalformedRecordException("a record with an unknown " + field);
        }
        return constants[ordinal];
    }

    Map<String, String> pairs() {
        int size = entries();
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            String name = text();
            String value = text();
            if (name == null || value == null) {
                throw new MalformedRecordException("an entry without name or value in a record");
            }
            pairs.put(name, value);
        }
        return pairs;
    }

    private int entries() {
        int size = integer();
        if (size < 0 || size > MAX_ENTRIES) {
            throw new MalformedRecordException("a list of " + size + " entries in a record");
        }
        return size;
    }
}
