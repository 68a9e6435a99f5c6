package io.stockhook.delivery.verdict;

import io.stockhook.delivery.retry.Outcome;
import io.stockhook.delivery.retry.Retries;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EndpointVerdict;
import io.stockhook.events.delivery.FailureStreak;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides what attempts say of their endpoint. Pure. */
final class Judge {

    private static final int GONE = 410;

    /** What the outcome of an attempt says of the endpoint. */
    enum Sign {
        /** It works. */
        WORKS,
        /** It does not work. */
        FAILS,
        /** It wants no more. */
        GONE,
        /** Nothing: nothing was sent, or what went wrong was our own. */
        NONE
    }

    private Judge() {}

    static Sign sign(Outcome outcome) {
        if (outcome instanceof Outcome.Responded response) {
            if (Retries.isSuccess(response.status())) {
                return Sign.WORKS;
            }
            return response.status() == GONE ? Sign.GONE : Sign.FAILS;
        }
        return outcome instanceof Outcome.Failed && Retries.isOfTheEndpoint(outcome) ? Sign.FAILS : Sign.NONE;
    }

    /**
     * The streak with one more failure.
     *
     * @param counted the streak that was counted here; null for none
     * @param brought the streak that the task brings from whoever counted before; null for none
     * @param endpoint its present state; what was counted of another one does not count
     * @param lastSuccess when an attempt last succeeded here, so far as it is known; what began before is over
     * @param now when the attempt ended
     */
    static FailureStreak failed(
            @Nullable FailureStreak counted,
            @Nullable FailureStreak brought,
            EndpointRegistration endpoint,
            Instant lastSuccess,
            Instant now) {
        FailureStreak before = longer(going(counted, endpoint, lastSuccess), going(brought, endpoint, lastSuccess));
        return before == null
                ? new FailureStreak(1, now, endpoint.epoch(), endpoint.version())
                : new FailureStreak(
                        (int) Math.min(Integer.MAX_VALUE, before.failures() + 1L),
                        before.since(),
                        before.epoch(),
                        before.version());
    }

    /** The reason to send the endpoint nothing more; null if there is none. */
    static @Nullable String reason(Sign sign, FailureStreak streak, int mostFailures, Duration span, Instant now) {
        if (sign == Sign.GONE) {
            return EndpointVerdict.GONE;
        }
        boolean isTooLong = sign == Sign.FAILS
                && mostFailures > 0
                && streak.failures() >= mostFailures
                && !now.isBefore(streak.since().plus(span));
        return isTooLong ? EndpointVerdict.CONSECUTIVE_FAILURES : null;
    }

    private static @Nullable FailureStreak going(
            @Nullable FailureStreak streak, EndpointRegistration endpoint, Instant lastSuccess) {
        return streak != null && streak.isOf(endpoint) && streak.since().isAfter(lastSuccess) ? streak : null;
    }

    /** Both are of the same failures, in part at least: they are not added up, but neither end is lost. */
    private static @Nullable FailureStreak longer(@Nullable FailureStreak one, @Nullable FailureStreak other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return new FailureStreak(
                Math.max(one.failures(), other.failures()),
                one.since().isBefore(other.since()) ? one.since() : other.since(),
                one.epoch(),
                one.version());
    }
}
