package io.stockhook.delivery.retry;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an attempt ended. */
public sealed interface Outcome {

    /**
     * The endpoint answered.
     *
     * @param status the HTTP status code
     * @param retryAfter what a {@code Retry-After} header asked for, counted from now; null if there was none
     * @param headers the response's headers, bounded
     * @param body the beginning of its body; null if it was empty
     */
    record Responded(
            int status,
            @Nullable Duration retryAfter,
            Map<String, String> headers,
            @Nullable String body) implements Outcome {}

    /**
     * The endpoint took it with 202 and is to confirm it.
     *
     * @param response what it answered
     * @param by when the attempt has failed unless it is confirmed
     */
    record Taken(Responded response, Instant by) implements Outcome {}

    /** The endpoint did not answer, or not in time, or nothing could be sent to it. */
    record Failed(ErrorClass errorClass, String message) implements Outcome {}

    /** The endpoint is not there any more; nothing was sent. */
    record Gone() implements Outcome {}

    /**
     * No attempt could be made for so long that none will be.
     *
     * @param reason the reason code
     */
    record GivenUp(String reason) implements Outcome {}

    /** The endpoint is disabled; nothing was sent. */
    record Disabled() implements Outcome {}

    /** What the endpoint answered, or null if it did not. */
    default @Nullable Responded answer() {
        if (this instanceof Taken taken) {
            return taken.response;
        }
        return this instanceof Responded responded ? responded : null;
    }
}
