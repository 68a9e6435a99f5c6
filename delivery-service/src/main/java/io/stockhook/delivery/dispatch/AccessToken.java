package io.stockhook.delivery.dispatch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A token that an authorization server has issued (RFC 6749, section 5.1).
 *
 * @param value what goes after {@code Bearer}
 * @param usableUntil when a new one is to be fetched, which is shortly before it expires
 */
record AccessToken(String value, Instant usableUntil) {

    /** For how long a token is used whose lifetime the server does not tell. */
    static final Duration UNTOLD_LIFETIME = Duration.ofMinutes(5);

    /** How long before its end a token is not used any more: it has to reach the endpoint, and clocks differ. */
    static final Duration MARGIN = Duration.ofSeconds(30);

    private static final Duration LONGEST_LIFETIME = Duration.ofDays(1);
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]{1,8192}");
    private static final Pattern CODE = Pattern.compile("[a-z_]{1,64}");
    private static final JsonFactory JSON = new JsonFactory();

    /** What a token endpoint answered that is no token. The message never holds any part of it. */
    static final class NoTokenException extends Exception {
        private static final long serialVersionUID = 1L;

        NoTokenException(String message) {
            super(message);
        }
    }

    /**
     * The token in a token endpoint's answer.
     *
     * @param body null if it was empty
     * @throws NoTokenException if it holds none that can be used
     */
    static AccessToken parse(@Nullable String body, Instant now) throws NoTokenException {
        String value = text(body, "access_token");
        if (value == null || !TOKEN.matcher(value).matches()) {
            throw new NoTokenException("the token endpoint's answer has no access_token that fits a header");
        }
        String type = text(body, "token_type");
        if (type != null && !type.equalsIgnoreCase("Bearer")) {
            throw new NoTokenException("the token endpoint gives tokens that are not of the type Bearer");
        }
        Duration lifetime = lifetime(text(body, "expires_in"));
        Duration half = lifetime.dividedBy(2);
        return new AccessToken(value, now.plus(lifetime).minus(MARGIN.compareTo(half) < 0 ? MARGIN : half));
    }

    /** The error code of a token endpoint's answer (RFC 6749, section 5.2); null if it has none. */
    static @Nullable String errorCode(@Nullable String body) {
        String code = text(body, "error");
        return code != null && CODE.matcher(code).matches() ? code : null;
    }

    /** Shows no token. */
    @Override
    public String toString() {
        return "AccessToken[usableUntil=" + usableUntil + ']';
    }

    private static Duration lifetime(@Nullable String seconds) {
        if (seconds == null) {
            return UNTOLD_LIFETIME;
        }
        try {
            long told = (long) Double.parseDouble(seconds);
            return Duration.ofSeconds(Math.max(0, Math.min(told, LONGEST_LIFETIME.toSeconds())));
        } catch (NumberFormatException e) {
            return UNTOLD_LIFETIME;
        }
    }

    /** A member of the object, a text or a number; null if it is not there or the body is no JSON object. */
    private static @Nullable String text(@Nullable String body, String name) {
        if (body == null) {
            return null;
        }
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken token = parser.nextToken();
                if (field.equals(name)) {
                    return token.isScalarValue() && token != JsonToken.VALUE_NULL ? parser.getText() : null;
                }
                parser.skipChildren();
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }
}
