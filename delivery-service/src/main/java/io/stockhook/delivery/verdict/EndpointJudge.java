package io.stockhook.delivery.verdict;

import io.stockhook.delivery.dispatch.Attempts.Attempted;
import io.stockhook.delivery.registry.Endpoint;
import io.stockhook.delivery.registry.EndpointRegistry;
import io.stockhook.delivery.retry.Retries;
import io.stockhook.delivery.stream.Worker;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EndpointVerdict;
import io.stockhook.events.delivery.FailureStreak;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Counts the failed attempts in a row of each endpoint and finds when they are too many; from then on the endpoint is held here, until its
 * registration changes. Confined to one event loop.
 */
public final class EndpointJudge {

    /** For how long an endpoint without traffic and without failures is remembered. */
    private static final Duration IDLE_KEPT = Duration.ofMinutes(5);
    /** For how long the success is remembered that ended a streak, which retries of before may still bring. */
    private static final Duration RECOVERY_KEPT = Duration.ofDays(1);

    private static final Logger LOG = Logger.getLogger(EndpointJudge.class);

    private final EndpointRegistry registry;
    private final VerdictConfig config;
    private final VerdictMetrics metrics;
    private final Clock clock;
    private final Map<Stay, Conduct> conduct = new HashMap<>();
    private final Map<String, EndpointVerdict> held = new HashMap<>();

    /** One stay at this instance of a partition with an endpoint's tasks; one that is spread over several owners has several. */
    private record Stay(String endpointId, Worker.Assignment during) {}

    /** What is known of an endpoint from attempts during one stay of its partition. */
    private static final class Conduct {
        private @Nullable FailureStreak streak;
        private Instant lastSuccess = Instant.EPOCH;
        private Instant keptUntil = Instant.EPOCH;

        void succeeded(Instant now) {
            lastSuccess = now;
            Instant kept = now.plus(streak == null ? IDLE_KEPT : RECOVERY_KEPT);
            keptUntil = kept.isAfter(keptUntil) ? kept : keptUntil;
            streak = null;
        }

        /** Whether it says nothing any more of the endpoint in this state; null if the endpoint is gone. */
        boolean isOver(@Nullable EndpointRegistration endpoint, Instant now) {
            boolean isFailing = streak != null && endpoint != null && streak.isOf(endpoint);
            return endpoint == null || (!isFailing && keptUntil.isBefore(now));
        }
    }

    /**
     * An attempt, judged.
     *
     * @param attempted the attempt, whose task brings the endpoint's streak to its retry
     * @param verdict what was found of the endpoint; null if nothing was
     */
    public record Judgement(Attempted attempted, @Nullable EndpointVerdict verdict) {}

    EndpointJudge(EndpointRegistry registry, VerdictConfig config, VerdictMetrics metrics, Clock clock) {
        this.registry = registry;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Judges an attempt that has ended.
     *
     * @param during the stay of the partition that its task came from; what was counted during an earlier one may be out of date
     */
    public Judgement judge(Worker.Assignment during, Attempted attempted) {
        Judge.Sign sign = Judge.sign(attempted.outcome());
        EndpointRegistration endpoint = registration(attempted.task().endpointId());
        if (sign == Judge.Sign.NONE
                || endpoint == null
                || endpoint.version() != attempted.endpointVersion()
                || !during.isOwned()) {
            return new Judgement(attempted, null);
        }
        // As precise as a task's wire format, so that a streak is the same here and where it is brought to.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Conduct known = conduct.computeIfAbsent(new Stay(endpoint.endpointId(), during), unused -> new Conduct());
        if (sign == Judge.Sign.WORKS) {
            known.succeeded(now);
            return new Judgement(attempted, null);
        }
        FailureStreak streak = Judge.failed(known.streak, attempted.task().streak(), endpoint, known.lastSuccess, now);
        known.streak = streak;
        String reason = Judge.reason(sign, streak, config.failures(), config.span(), now);
        return new Judgement(
                attempted.withTask(attempted.task().withStreak(streak)),
                reason == null || isHeld(endpoint) ? null : hold(endpoint, reason, streak, attempted, now));
    }

    /**
     * Finds that an endpoint is to be sent nothing more, because a delivery that the next ones must not overtake has used up its retries.
     *
     * @param judgement of the last attempt at it
     */
    public Judgement suspend(Judgement judgement) {
        Attempted attempted = judgement.attempted();
        EndpointRegistration endpoint = registration(attempted.task().endpointId());
        if (judgement.verdict() != null
                || endpoint == null
                || endpoint.version() != attempted.endpointVersion()
                || isHeld(endpoint)) {
            return judgement;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        FailureStreak counted = attempted.task().streak();
        FailureStreak streak = counted != null && counted.isOf(endpoint)
                ? counted
                : new FailureStreak(1, now, endpoint.epoch(), endpoint.version());
        return new Judgement(attempted, hold(endpoint, EndpointVerdict.HEAD_EXHAUSTED, streak, attempted, now));
    }

    /** Whether an endpoint in this state has been judged and is sent nothing. */
    public boolean isHeld(EndpointRegistration endpoint) {
        EndpointVerdict verdict = held.get(endpoint.endpointId());
        return verdict != null && verdict.isOf(endpoint);
    }

    /** Forgets what says nothing any more: to be called now and then. */
    public void sweep() {
        Instant now = clock.instant();
        conduct.entrySet()
                .removeIf(entry -> !entry.getKey().during().isOwned()
                        || entry.getValue().isOver(registration(entry.getKey().endpointId()), now));
        held.values().removeIf(verdict -> {
            EndpointRegistration endpoint = registration(verdict.endpointId());
            return endpoint == null || !verdict.isOf(endpoint);
        });
    }

    /** How many endpoints something is known of. */
    int size() {
        return conduct.size() + held.size();
    }

    private EndpointVerdict hold(
            EndpointRegistration endpoint, String reason, FailureStreak streak, Attempted attempted, Instant now) {
        EndpointVerdict verdict = new EndpointVerdict(
                endpoint.endpointId(),
                endpoint.tenantId(),
                endpoint.epoch(),
                endpoint.version(),
                reason,
                streak.failures(),
                streak.since(),
                Retries.errorClass(attempted.outcome()),
                now);
        held.put(endpoint.endpointId(), verdict);
        metrics.found(reason);
        LOG.warnf(
                "endpoint is to be disabled: reason=%s endpoint_id=%s tenant_id=%s version=%d failures=%d since=%s"
                        + " last_error=%s",
                reason,
                verdict.endpointId(),
                verdict.tenantId(),
                verdict.version(),
                verdict.failures(),
                verdict.since(),
                verdict.lastError());
        return verdict;
    }

    private @Nullable EndpointRegistration registration(String endpointId) {
        Endpoint endpoint = registry.find(endpointId);
        return endpoint == null ? null : endpoint.registration();
    }
}
