package io.stockhook.delivery.retry;

import io.stockhook.events.delivery.Confirmation;
import java.time.Instant;

/** What follows an attempt. Each has a reason code that the API shows. */
public sealed interface Decision {

    /** The reason code; part of the API, never changes. */
    String reason();

    /** The endpoint has it. */
    record Delivered() implements Decision {
        @Override
        public String reason() {
            return "delivered";
        }
    }

    /** Nothing until it is confirmed, or that time has come. */
    record Awaiting(Instant by) implements Decision {
        @Override
        public String reason() {
            return Confirmation.AWAITING;
        }
    }

    /** Once more, not before this. */
    record RetryAt(Instant at, String reason) implements Decision {}

    /** Not again by itself. */
    record Dead(String reason) implements Decision {}

    /** Not until somebody enables or recovers the endpoint. */
    record Held(String reason) implements Decision {}

    /** Not at all, and nobody misses it. */
    record Dropped(String reason) implements Decision {}
}
