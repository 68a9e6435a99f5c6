package io.stockhook.subscription.webhook;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which request headers a webhook may add, and what its own may begin with. */
final class HeaderRules {

    private static final int MAX_NAME = 128;
    private static final int MAX_VALUE = 4096;
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7E]([\\x20-\\x7E\\t]*[\\x21-\\x7E])?");
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,30}-");
    private static final String STANDARD_PREFIX = "webhook-";

    /** What a message's framing and connection need (RFC 9110, section 7.6.1), and what the delivery itself says. */
    private static final Set<String> RESERVED = Set.of(
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "expect",
            "host",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "traceparent",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private HeaderRules() {}

    /**
     * What is wrong with a header's name; empty if nothing is.
     *
     * @param prefix what the webhook's own headers begin with
     */
    static Optional<String> objectionToName(String name, String prefix) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (name.length() > MAX_NAME || !TOKEN.matcher(name).matches()) {
            return Optional.of("Must be a header name of at most %d characters (RFC 9110).".formatted(MAX_NAME));
        }
        if (RESERVED.contains(lower)) {
            return Optional.of("Is set by the delivery itself.");
        }
        if (lower.startsWith(STANDARD_PREFIX) || lower.startsWith(prefix.toLowerCase(Locale.ROOT))) {
            return Optional.of("Begins like the headers that the delivery itself sets.");
        }
        return Optional.empty();
    }

    /** What is wrong with a header's value, in words that never repeat it; empty if nothing is. */
    static Optional<String> objectionToValue(String value) {
        return value.length() <= MAX_VALUE && VALUE.matcher(value).matches()
                ? Optional.empty()
                : Optional.of(
                        "Must be 1 to %d visible ASCII characters, spaces only between them.".formatted(MAX_VALUE));
    }

    /** What is wrong with a prefix; empty if nothing is. */
    static Optional<String> objectionToPrefix(String prefix) {
        if (!PREFIX.matcher(prefix).matches()) {
            return Optional.of("Must be up to 32 letters, digits and hyphens, with a letter first and a hyphen last.");
        }
        // X-Webhook-Signature and webhook-signature are two signatures of two schemes.
        return prefix.equalsIgnoreCase(STANDARD_PREFIX)
                ? Optional.of("Is what the Standard Webhooks headers begin with.")
                : Optional.empty();
    }
}
