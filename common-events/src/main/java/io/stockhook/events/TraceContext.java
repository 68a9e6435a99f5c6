package io.stockhook.events;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code traceparent} of W3C Trace Context, level 1: it enters with an HTTP request and travels through outbox and
 * Kafka to the outgoing POST.
 *
 * @param traceId 32 lower-case hex digits, not all zero
 * @param spanId 16 lower-case hex digits, not all zero
 * @param flags 2 hex digits; {@code 01} means sampled
 */
public record TraceContext(String traceId, String spanId, String flags) {

    /** The HTTP and Kafka header's name. */
    public static final String HEADER = "traceparent";

    private static final Pattern VERSION_00 = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");
    private static final String NO_TRACE = "0".repeat(32);
    private static final String NO_SPAN = "0".repeat(16);
    private static final String SAMPLED = "01";

    /** A new trace with its first span. */
    public static TraceContext begin() {
        return new TraceContext(hex16() + hex16(), hex16(), SAMPLED);
    }

    /** The context of a header, or null if there is none or it does not hold to the specification. */
    public static @Nullable TraceContext parse(@Nullable String header) {
        if (header == null) {
            return null;
        }
        var matcher = VERSION_00.matcher(header.strip());
        if (!matcher.matches()
                || matcher.group(1).equals(NO_TRACE)
                || matcher.group(2).equals(NO_SPAN)) {
            return null;
        }
        return new TraceContext(matcher.group(1), matcher.group(2), matcher.group(3));
    }

    /** The caller's context continued with a span of our own, or a new trace where the caller has none. */
    public static TraceContext continueOrBegin(@Nullable String header) {
        TraceContext parent = parse(header);
        return parent == null ? begin() : parent.child();
    }

    /** The same trace with a new span. */
    public TraceContext child() {
        return new TraceContext(traceId, hex16(), flags);
    }

    /** The header's value. */
    public String header() {
        return "00-" + traceId + '-' + spanId + '-' + flags;
    }

    private static String hex16() {
        long bits;
        do {
            bits = ThreadLocalRandom.current().nextLong();
        } while (bits == 0);
        return HexFormat.of().toHexDigits(bits);
    }
}
