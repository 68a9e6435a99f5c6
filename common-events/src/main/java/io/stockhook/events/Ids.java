package io.stockhook.events;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Prefixed identifiers that sort by time: a three- or four-letter kind, an underscore and the 32 lower-case hex digits of
 * a UUID version 7 (RFC 9562, section 5.7).
 *
 * <p>As text they sort by their millisecond of creation, so an index on the id is an index on time and a list's cursor is
 * the last id that was shown.
 */
public final class Ids {

    /** What an identifier names. The prefix is part of the public API and never changes. */
    public enum Kind {
        EVENT("evt"),
        WEBHOOK("wh"),
        DELIVERY("dlv"),
        ATTEMPT("att"),
        PRODUCT("prd"),
        SOURCE("src"),
        API_KEY("key"),
        TENANT("ten"),
        SUBSCRIBER("sub"),
        DEAD_LETTER("dead"),
        MOCK_ENDPOINT("mock"),
        REQUEST("req"),
        STOCK_MOVEMENT("mov"),
        JOB("job"),
        BATCH("bat");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        /** The prefix without its underscore, {@code evt} for example. */
        public String prefix() {
            return prefix;
        }
    }

    private static final TimeBasedEpochRandomGenerator GENERATOR = Generators.timeBasedEpochRandomGenerator();
    private static final int UUID_BYTES = 16;
    private static final int HEX_DIGITS = 32;
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private Ids() {}

    /** A new identifier of this kind, unique everywhere. Thread-safe. */
    public static String next(Kind kind) {
        return format(kind, GENERATOR.generate());
    }

    /** The same from a quick random source that could be guessed: for what is made by the ten thousand and opens nothing. */
    public static String nextGuessable(Kind kind) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return version7(kind, System.currentTimeMillis(), random.nextLong(), random.nextLong());
    }

    /** The identifier of this kind that holds this UUID. */
    public static String format(Kind kind, UUID uuid) {
        String prefix = kind.prefix();
        char[] text = new char[prefix.length() + 1 + HEX_DIGITS];
        prefix.getChars(0, prefix.length(), text, 0);
        text[prefix.length()] = '_';
        hex(uuid.getMostSignificantBits(), text, prefix.length() + 1);
        hex(uuid.getLeastSignificantBits(), text, prefix.length() + 1 + HEX_DIGITS / 2);
        return new String(text);
    }

    /** Whether the text has the shape of an identifier of this kind; says nothing about whether it exists. */
    public static boolean isA(Kind kind, String text) {
        int start = kind.prefix.length() + 1;
        if (text.length() != start + HEX_DIGITS || !text.startsWith(kind.prefix) || text.charAt(start - 1) != '_') {
            return false;
        }
        for (int i = start; i < text.length(); i++) {
            char digit = text.charAt(i);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return false;
            }
        }
        return true;
    }

    /**
     * The delivery of one event to one endpoint: the event's time and a hash of both ids, so that an event that is read
     * twice gives the same delivery.
     *
     * @param eventTime the event's own time; only its milliseconds count
     */
    public static String delivery(String eventId, String endpointId, Instant eventTime) {
        return derived(Kind.DELIVERY, eventTime, eventId + '\n' + endpointId);
    }

    /**
     * The identifier that a time and a name always give: for what has to be known again when it comes a second time.
     *
     * @param time only its milliseconds count
     * @param name whatever makes it unique within its kind
     */
    public static String derived(Kind kind, Instant time, String name) {
        ByteBuffer hash = ByteBuffer.wrap(Sha256.of(name), 0, UUID_BYTES);
        // The field of the time is unsigned: what was before 1970 sorts as if it had been then.
        return version7(kind, Math.max(0, time.toEpochMilli()), hash.getLong(), hash.getLong());
    }

    private static String version7(Kind kind, long epochMillis, long random, long moreRandom) {
        long high = (epochMillis << 16) | 0x7000L | (random & 0x0FFFL);
        long low = (moreRandom & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return format(kind, new UUID(high, low));
    }

    /**
     * The UUID that an identifier holds, the other way of {@link #format}.
     *
     * @throws IllegalArgumentException if the text is no identifier of this kind
     */
    public static UUID uuid(Kind kind, String id) {
        require(kind, id);
        int start = kind.prefix().length() + 1;
        int middle = start + HEX_DIGITS / 2;
        return new UUID(
                Long.parseUnsignedLong(id, start, middle, 16),
                Long.parseUnsignedLong(id, middle, start + HEX_DIGITS, 16));
    }

    /**
     * The millisecond that an identifier carries.
     *
     * @throws IllegalArgumentException if the text is no identifier of this kind
     */
    public static Instant time(Kind kind, String id) {
        require(kind, id);
        int start = kind.prefix().length() + 1;
        return Instant.ofEpochMilli(Long.parseLong(id, start, start + 12, 16));
    }

    /**
     * The text, which has the shape of an identifier of this kind.
     *
     * @throws IllegalArgumentException if it has not
     */
    public static String require(Kind kind, String text) {
        if (!isA(kind, text)) {
            throw new IllegalArgumentException("'%s' is no %s_ identifier".formatted(text, kind.prefix()));
        }
        return text;
    }

    private static void hex(long bits, char[] into, int offset) {
        for (int digit = 0; digit < HEX_DIGITS / 2; digit++) {
            into[offset + digit] = HEX[(int) (bits >>> (60 - 4 * digit)) & 0xF];
        }
    }
}
