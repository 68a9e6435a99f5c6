package io.stockhook.web.idempotency;

import java.util.UUID;

/** What there is about an idempotency key when a request with it arrives. */
sealed interface Claim {

    /** Nothing: this request is the first and now holds the key. */
    record Granted(KeyUse use, UUID claim) implements Claim {}

    /** The answer to the same request. */
    record Answered(Answer answer) implements Claim {}

    /** The same request is being worked on. */
    record InProgress() implements Claim {}

    /** The same request was carried out, and whoever did it ended before its answer was kept. */
    record Done() implements Claim {}

    /** The key was used with another body. */
    record OtherBody() implements Claim {}
}
