package io.stockhook.delivery.confirmation;

import io.stockhook.delivery.retry.ErrorClass;
import io.stockhook.events.delivery.AwaitedConfirmation;
import io.stockhook.events.delivery.Confirmation;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What becomes of a wait for a confirmation when it is looked at. */
public sealed interface Wait {

    /** The endpoint has done what the delivery is for. */
    record Confirmed() implements Wait {}

    /**
     * The attempt has failed after all.
     *
     * @param errorClass {@code refused} or {@code unconfirmed}
     * @param message why, for a person
     */
    record Failed(ErrorClass errorClass, String message) implements Wait {}

    /** It goes on. */
    record GoesOn(Instant nextLook) implements Wait {}

    /**
     * Looks at a wait. It is looked at after twice as long each time, so that a confirmation that is refused leads to a retry before twice its
     * time has passed, and a long wait costs few looks.
     *
     * @param said what the endpoint has said of the attempt; null if nothing yet
     * @param firstLook how long after the beginning it is first looked
     */
    static Wait look(AwaitedConfirmation awaited, @Nullable Confirmation said, Duration firstLook, Instant now) {
        if (said != null && said.isAccepted()) {
            return new Confirmed();
        }
        if (said != null) {
            return new Failed(
                    ErrorClass.REFUSED,
                    Objects.requireNonNullElse(said.reason(), "the endpoint confirmed that it failed"));
        }
        if (!now.isBefore(awaited.by())) {
            return new Failed(ErrorClass.UNCONFIRMED, "not confirmed by " + awaited.by());
        }
        return new GoesOn(nextLook(awaited, firstLook, now));
    }

    /** When it is looked at next. */
    static Instant nextLook(AwaitedConfirmation awaited, Duration firstLook, Instant now) {
        Duration waited = Duration.between(awaited.since(), now);
        Instant next = now.plus(waited.compareTo(firstLook) > 0 ? waited : firstLook);
        return next.isBefore(awaited.by()) ? next : awaited.by();
    }
}
