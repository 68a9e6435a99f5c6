package io.stockhook.delivery.confirmation;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.delivery.retry.ErrorClass;
import io.stockhook.events.delivery.AwaitedConfirmation;
import io.stockhook.events.delivery.Confirmation;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class WaitProperties {

    private static final Instant BEGAN = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration FIRST_LOOK = Duration.ofSeconds(5);
    private static final long WEEK_MS = 604_800_000;

    @Property
    void aWaitEndsAtItsTimeAfterFewLooks(@ForAll @LongRange(min = 1, max = WEEK_MS) long withinMs) {
        // Given
        AwaitedConfirmation awaited = new AwaitedConfirmation(BEGAN, BEGAN.plusMillis(withinMs), 1);
        Instant now = Wait.nextLook(awaited, FIRST_LOOK, BEGAN);
        int looks = 1;

        // When
        Wait wait = Wait.look(awaited, null, FIRST_LOOK, now);
        while (wait instanceof Wait.GoesOn going) {
            assertThat(going.nextLook()).isAfter(now).isBeforeOrEqualTo(awaited.by());
            now = going.nextLook();
            wait = Wait.look(awaited, null, FIRST_LOOK, now);
            looks++;
        }

        // Then
        assertThat(now).isEqualTo(awaited.by());
        assertThat(wait).isInstanceOfSatisfying(Wait.Failed.class, failed -> assertThat(failed.errorClass())
                .isEqualTo(ErrorClass.UNCONFIRMED));
        assertThat(looks).isLessThanOrEqualTo(19);
    }

    @Property
    void whatTheEndpointSaidEndsTheWaitWheneverItIsLookedAt(
            @ForAll boolean isAccepted, @ForAll @LongRange(min = 0, max = 2 * WEEK_MS) long lookedAfterMs) {
        // Given
        AwaitedConfirmation awaited = new AwaitedConfirmation(BEGAN, BEGAN.plusMillis(WEEK_MS), 1);
        Confirmation said = new Confirmation("dlv_1", 1, 1, isAccepted, null, awaited.by());

        // When
        Wait wait = Wait.look(awaited, said, FIRST_LOOK, BEGAN.plusMillis(lookedAfterMs));

        // Then
        if (isAccepted) {
            assertThat(wait).isEqualTo(new Wait.Confirmed());
        } else {
            assertThat(wait).isInstanceOfSatisfying(Wait.Failed.class, failed -> assertThat(failed.errorClass())
                    .isEqualTo(ErrorClass.REFUSED));
        }
    }
}
