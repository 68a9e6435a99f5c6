package io.stockhook.delivery.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.delivery.retry.ErrorClass;
import io.stockhook.delivery.retry.Outcome;
import io.stockhook.delivery.retry.Retries;
import io.stockhook.delivery.verdict.Judge.Sign;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EndpointVerdict;
import io.stockhook.events.delivery.FailureStreak;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

class JudgeProperties {

    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    /** What happens at an endpoint, one after the other. */
    enum Step {
        SUCCESS,
        FAILURE_OF_A_NEW_DELIVERY,
        FAILURE_OF_THE_OLDEST_RETRY,
        FAILURE_OF_THE_NEWEST_RETRY,
        NEW_VERSION
    }

    @Property(tries = 1000)
    void anOwnerCountsEachFailureSinceTheLastSuccessOnceWhateverRetriesBring(
            @ForAll @Size(min = 1, max = 60) List<Step> steps) {
        // Given
        EndpointRegistration endpoint = endpoint(1);
        List<FailureStreak> retries = new ArrayList<>();
        FailureStreak counted = null;
        Instant lastSuccess = Instant.EPOCH;
        Instant now = START;
        Instant firstOfRow = START;
        int inARow = 0;

        for (Step step : steps) {
            now = now.plusSeconds(1);
            if (step == Step.SUCCESS) {
                lastSuccess = now;
                counted = null;
                inARow = 0;
            } else if (step == Step.NEW_VERSION) {
                endpoint = endpoint(endpoint.version() + 1);
                inARow = 0;
            } else {
                // When
                counted = Judge.failed(counted, brought(step, retries), endpoint, lastSuccess, now);
                retries.add(counted);
                firstOfRow = inARow == 0 ? now : firstOfRow;
                inARow++;

                // Then
                assertThat(counted).isEqualTo(new FailureStreak(inARow, firstOfRow, 1, endpoint.version()));
            }
        }
    }

    @Property(tries = 1000)
    void aNewOwnerGoesOnFromWhatRetriesBringAndNeverCountsMoreThanThereWere(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 3) Integer> steps) {
        // Given
        EndpointRegistration endpoint = endpoint(1);
        List<FailureStreak> retries = new ArrayList<>();
        FailureStreak counted = null;
        Instant now = START;
        int inARow = 0;

        for (int step : steps) {
            now = now.plusSeconds(1);
            if (step == 0) {
                counted = null; // another instance owns the endpoint from here on
                continue;
            }
            FailureStreak brought = step == 1 || retries.isEmpty() ? null : retries.get(retries.size() - 1);

            // When
            counted = Judge.failed(counted, brought, endpoint, Instant.EPOCH, now);
            retries.add(counted);
            inARow++;

            // Then
            assertThat(counted.failures()).isLessThanOrEqualTo(inARow);
            assertThat(counted.since()).isBetween(START, now);
            if (brought != null) {
                assertThat(counted.failures()).isGreaterThan(brought.failures());
                assertThat(counted.since()).isBeforeOrEqualTo(brought.since());
            }
        }
    }

    @Property(tries = 1000)
    void anEndpointIsDisabledWhenItHasFailedOftenEnoughAndForLongEnoughAndNotBefore(
            @ForAll @IntRange(min = 1, max = 300) int failures,
            @ForAll @LongRange(max = 3_600) long lastedSeconds,
            @ForAll @IntRange(max = 300) int mostFailures,
            @ForAll @LongRange(max = 3_600) long spanSeconds) {
        // Given
        FailureStreak streak = new FailureStreak(failures, START, 1, 1);
        Instant now = START.plusSeconds(lastedSeconds);

        // When
        String reason = Judge.reason(Sign.FAILS, streak, mostFailures, Duration.ofSeconds(spanSeconds), now);

        // Then
        boolean isTooLong = mostFailures > 0 && failures >= mostFailures && lastedSeconds >= spanSeconds;
        assertThat(reason).isEqualTo(isTooLong ? EndpointVerdict.CONSECUTIVE_FAILURES : null);
        assertThat(Judge.reason(Sign.GONE, streak, mostFailures, Duration.ofSeconds(spanSeconds), now))
                .isEqualTo(EndpointVerdict.GONE);
    }

    @Property(tries = 1000)
    void anAnswerSaysWhetherTheEndpointWorks(@ForAll @IntRange(min = 100, max = 999) int status) {
        // When
        Sign sign = Judge.sign(new Outcome.Responded(status, null, Map.of(), null));

        // Then
        assertThat(sign).isEqualTo(Retries.isSuccess(status) ? Sign.WORKS : status == 410 ? Sign.GONE : Sign.FAILS);
    }

    @Property
    void aFailureThatIsOursSaysNothingOfTheEndpoint(@ForAll ErrorClass errorClass) {
        assertThat(Judge.sign(new Outcome.Failed(errorClass, "why")))
                .isEqualTo(errorClass.isOfTheEndpoint() ? Sign.FAILS : Sign.NONE);
    }

    private static @Nullable FailureStreak brought(Step step, List<FailureStreak> retries) {
        if (step == Step.FAILURE_OF_A_NEW_DELIVERY || retries.isEmpty()) {
            return null;
        }
        return retries.remove(step == Step.FAILURE_OF_THE_OLDEST_RETRY ? 0 : retries.size() - 1);
    }

    private static EndpointRegistration endpoint(long version) {
        return EndpointRegistration.builder("wh_1", "ten_1", "https://example.com/", List.of("*"))
                .version(version)
                .build();
    }
}
