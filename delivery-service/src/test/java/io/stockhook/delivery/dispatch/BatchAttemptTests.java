package io.stockhook.delivery.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.delivery.Tasks;
import io.stockhook.delivery.retry.Outcome;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.events.delivery.DeliveryTask;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the attempt of a batch is for each of its events. */
class BatchAttemptTests {

    private static final DeliveryTask SINGLE = Tasks.first("evt_1");
    private static final int LONGEST = RecordedRequest.DEBUG_BODY_BYTES;
    private static final Outcome.Responded OUTCOME =
            new Outcome.Responded(500, null, Map.of("server", "erp"), "r".repeat(LONGEST));
    private static final DeliveryAttempt.Request REQUEST =
            new DeliveryAttempt.Request("POST", Map.of("webhook-id", "bat_1"), 400_000, "b".repeat(LONGEST), 12, 34);
    private static final Attempts.Attempted ATTEMPTED =
            new Attempts.Attempted(SINGLE, OUTCOME, "https://example.com/", 7, Tasks.EVENT_TIME, 56, REQUEST);

    @Test
    void aFewEventsEachHaveAllThatWasRecorded() {
        // When
        Attempts.Attempted one = ATTEMPTED.ofBatch(SINGLE, 16);

        // Then
        assertThat(one).isEqualTo(ATTEMPTED);
    }

    @Test
    void theBodiesOfManyAreCutSoThatTheyAreNoMoreOfTheLogTogether() {
        // When
        Attempts.Attempted one = ATTEMPTED.ofBatch(SINGLE, 1_000);

        // Then
        assertThat(one.outcome()).isEqualTo(new Outcome.Responded(500, null, OUTCOME.headers(), "r".repeat(1_048)));
        assertThat(one.request())
                .isEqualTo(new DeliveryAttempt.Request("POST", REQUEST.headers(), 400_000, "b".repeat(1_048), 12, 34));
        assertThat(one.durationMicros()).isEqualTo(56);
    }
}
