package io.stockhook.delivery.retry;

import io.stockhook.delivery.retry.Decision.Awaiting;
import io.stockhook.delivery.retry.Decision.Dead;
import io.stockhook.delivery.retry.Decision.Delivered;
import io.stockhook.delivery.retry.Decision.Dropped;
import io.stockhook.delivery.retry.Decision.Held;
import io.stockhook.delivery.retry.Decision.RetryAt;
import io.stockhook.events.delivery.DeliveryTask;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Decides what follows an attempt. Pure: the same arguments give the same decision, on whichever instance. */
public final class Retries {

    /** The endpoint answered 410, which means that it wants no more. */
    public static final String ENDPOINT_GONE = "endpoint_gone";
    /** The last retry of the policy failed. */
    public static final String RETRIES_EXHAUSTED = "retries_exhausted";
    /** The endpoint's circuit stayed open for so long that no attempt could be made. */
    public static final String CIRCUIT_OPEN = "circuit_open";
    /** The endpoint's policy does not try this failure again. */
    public static final String NOT_RETRYABLE = "not_retryable";
    /** The next retry would be due later than the policy allows after the first attempt. */
    public static final String MAX_DURATION_EXCEEDED = "max_duration_exceeded";
    /** The webhook was deleted before the attempt. */
    public static final String ENDPOINT_DELETED = "endpoint_deleted";
    /** The webhook is disabled. */
    public static final String ENDPOINT_DISABLED = "endpoint_disabled";

    private static final int GONE = 410;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVICE_UNAVAILABLE = 503;

    private Retries() {}

    /**
     * What follows this outcome of this task's attempt.
     *
     * @param startedAt when the attempt began
     * @param now when it ended, from which delays are counted
     */
    public static Decision decide(
            DeliveryTask task, Outcome outcome, RetryPolicy policy, Instant startedAt, Instant now) {
        return decide(task, outcome, () -> policy, startedAt, now);
    }

    /** The same with a policy that is worked out for failures only. */
    public static Decision decide(
            DeliveryTask task, Outcome outcome, Supplier<RetryPolicy> policies, Instant startedAt, Instant now) {
        if (outcome instanceof Outcome.Gone) {
            return new Dropped(ENDPOINT_DELETED);
        }
        if (outcome instanceof Outcome.Disabled) {
            return new Held(ENDPOINT_DISABLED);
        }
        if (outcome instanceof Outcome.GivenUp givenUp) {
            return new Dead(givenUp.reason());
        }
        if (outcome instanceof Outcome.Taken taken) {
            return new Awaiting(taken.by());
        }
        if (outcome instanceof Outcome.Responded response) {
            if (isSuccess(response.status())) {
                return new Delivered();
            }
            if (response.status() == GONE) {
                return new Dead(ENDPOINT_GONE);
            }
        }
        RetryPolicy policy = policies.get();
        if (isOfTheEndpoint(outcome) && !policy.isRetried(errorClass(outcome))) {
            return new Dead(NOT_RETRYABLE);
        }
        int retry = task.attemptOfRound();
        if (retry > policy.delays().size()) {
            return new Dead(RETRIES_EXHAUSTED);
        }
        Duration delay = policy.delays().get(retry - 1);
        Duration retryAfter = retryAfter(outcome, policy);
        Instant at = now.plus(longer(jittered(delay, policy.jitter(), task), retryAfter));
        if (policy.maxDuration() == null) {
            return new RetryAt(at, errorClass(outcome));
        }
        Instant first = task.firstAttemptAt() == null ? startedAt : task.firstAttemptAt();
        Instant latest = first.plus(policy.maxDuration());
        // The delay decides, not how it is spread: that is chance, which must not cost a retry.
        return now.plus(longer(delay, retryAfter)).isAfter(latest)
                ? new Dead(MAX_DURATION_EXCEEDED)
                : new RetryAt(at.isAfter(latest) ? latest : at, errorClass(outcome));
    }

    /** Whether a status means that the endpoint has the delivery: any 2xx (RFC 9110, section 15.3). */
    public static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }

    /** Whether the endpoint brought an outcome about. What went wrong on our own side says nothing of it, and its policy nothing of that. */
    public static boolean isOfTheEndpoint(Outcome outcome) {
        return !(outcome instanceof Outcome.Failed failure)
                || failure.errorClass().isOfTheEndpoint();
    }

    /** The class of a failure as the API names it: {@code http_500}, {@code timeout} and so on. */
    public static String errorClass(Outcome outcome) {
        Outcome.Responded answer = outcome.answer();
        if (answer != null) {
            return "http_" + answer.status();
        }
        if (outcome instanceof Outcome.Failed failure) {
            return failure.errorClass().code();
        }
        if (outcome instanceof Outcome.GivenUp givenUp) {
            return givenUp.reason();
        }
        return outcome instanceof Outcome.Gone ? ENDPOINT_DELETED : ENDPOINT_DISABLED;
    }

    private static Duration retryAfter(Outcome outcome, RetryPolicy policy) {
        if (outcome instanceof Outcome.Responded response
                && response.retryAfter() != null
                && (response.status() == TOO_MANY_REQUESTS || response.status() == SERVICE_UNAVAILABLE)) {
            return shorter(response.retryAfter(), policy.maxRetryAfter());
        }
        return Duration.ZERO;
    }

    /**
     * Spreads a delay by a hash of the attempt instead of by chance: an attempt that is decided twice, after a crash, is due at the
     * same time.
     */
    private static Duration jittered(Duration delay, double jitter, DeliveryTask task) {
        int hash = (task.deliveryId().hashCode() * 31 + task.run()) * 31 + task.attempt();
        double spread = ((hash * 0x9E3779B9) >>> 8) / (double) (1 << 24);
        return Duration.ofMillis(Math.round(delay.toMillis() * (1 + jitter * (2 * spread - 1))));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
