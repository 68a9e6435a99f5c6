package io.stockhook.delivery.dispatch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.stockhook.delivery.deadletter.DeadLetters;
import io.stockhook.delivery.registry.Endpoint;
import io.stockhook.delivery.registry.EndpointRegistry;
import io.stockhook.delivery.registry.RunControls;
import io.stockhook.delivery.retry.Decision;
import io.stockhook.delivery.retry.Outcome;
import io.stockhook.delivery.retry.Retries;
import io.stockhook.delivery.retry.RetryPolicy;
import io.stockhook.delivery.stream.ReliableSender;
import io.stockhook.delivery.stream.Worker;
import io.stockhook.delivery.wheel.Schedule;
import io.stockhook.events.EndpointVerdict;
import io.stockhook.events.Ids;
import io.stockhook.events.Json;
import io.stockhook.events.Topics;
import io.stockhook.events.delivery.DeadLetter;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.events.delivery.DeliveryAttempt.Next;
import io.stockhook.events.delivery.DeliveryTask;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Settles attempts: decides what follows, produces it together with the record of the attempt, and only when all of that is
 * acknowledged says that the task is done. Thread-safe.
 */
public final class Settlement {

    /** Counter {@value}: attempts by {@code next}: {@code delivered}, {@code retry}, {@code dead}, {@code held}, {@code dropped}. */
    static final String ATTEMPTS = "stockhook.delivery.attempts";

    private static final Logger LOG = Logger.getLogger(Settlement.class);

    private final EndpointRegistry registry;
    private final RunControls controls;
    private final RetryPolicy platformPolicy;
    private final Schedule schedule;
    private final ReliableSender sender;
    private final Clock clock;
    private final Counter[] counters;

    /** @param platformPolicy for endpoints without a policy of their own */
    public Settlement(
            EndpointRegistry registry,
            RunControls controls,
            RetryPolicy platformPolicy,
            Schedule schedule,
            ReliableSender sender,
            MeterRegistry meters,
            Clock clock) {
        this.registry = registry;
        this.controls = controls;
        this.platformPolicy = platformPolicy;
        this.schedule = schedule;
        this.sender = sender;
        this.clock = clock;
        this.counters = Stream.of(Next.values())
                .map(next -> Counter.builder(ATTEMPTS)
                        .description("Delivery attempts by what follows them")
                        .tag("next", next.name().toLowerCase(Locale.ROOT))
                        .register(meters))
                .toArray(Counter[]::new);
    }

    /**
     * Settles an attempt that has ended.
     *
     * @param verdict what the attempt made of its endpoint; null if nothing
     */
    public void settle(Worker.Work work, Attempts.Attempted attempted, @Nullable EndpointVerdict verdict) {
        Instant now = clock.instant();
        Decision decision = decide(attempted, now);
        ProducerRecord<byte[], byte[]> followUp = work.isOwned() ? followUp(attempted, decision, now) : null;
        produce(attempted, decision, verdict, followUp, work::finish);
    }

    /** What follows an attempt at an ordered endpoint, to be settled {@link #settleInPlace in place}. */
    public Decision decide(Attempts.Attempted attempted) {
        return decide(attempted, clock.instant());
    }

    /**
     * Settles an attempt of a delivery that stays where it is until it has ended: the next attempt is not sent on its way.
     *
     * @param isOwned whether a dead letter is ours to write; if not, the next owner repeats the attempt
     * @param acknowledged called once all that it produced is acknowledged
     */
    public void settleInPlace(
            Attempts.Attempted attempted,
            Decision decision,
            @Nullable EndpointVerdict verdict,
            boolean isOwned,
            Runnable acknowledged) {
        boolean isDead = isOwned && decision instanceof Decision.Dead;
        produce(
                attempted,
                decision,
                verdict,
                isDead ? followUp(attempted, decision, clock.instant()) : null,
                acknowledged);
    }

    private Decision decide(Attempts.Attempted attempted, Instant now) {
        DeliveryTask task = attempted.task();
        return unlessWithdrawn(
                task,
                Retries.decide(
                        task, attempted.outcome(), () -> policyOf(task.endpointId()), attempted.startedAt(), now));
    }

    private void produce(
            Attempts.Attempted attempted,
            Decision decision,
            @Nullable EndpointVerdict verdict,
            @Nullable ProducerRecord<byte[], byte[]> followUp,
            Runnable acknowledged) {
        DeliveryAttempt entry = entry(attempted, decision);
        counters[entry.next().ordinal()].increment();
        logOutcome(entry);
        List<ProducerRecord<byte[], byte[]>> produced = new ArrayList<>(3);
        if (verdict != null) {
            produced.add(new ProducerRecord<>(
                    Topics.ENDPOINT_VERDICTS,
                    verdict.endpointId().getBytes(StandardCharsets.UTF_8),
                    Json.write(verdict)));
        }
        if (followUp != null) {
            produced.add(followUp);
        }
        produced.add(entry.toRecord());
        AtomicInteger open = new AtomicInteger(produced.size());
        for (ProducerRecord<byte[], byte[]> target : produced) {
            sender.send(target, () -> {
                if (open.decrementAndGet() == 0) {
                    acknowledged.run();
                }
            });
        }
    }

    /**
     * Puts a task off without an attempt; it uses up no retry.
     *
     * @param deferred as it is to come back
     */
    public void defer(Worker.Work work, DeliveryTask deferred) {
        if (work.isOwned()) {
            sender.send(schedule.recordOf(deferred, clock.instant()), work::finish);
        } else {
            work.finish();
        }
    }

    /** Gives a task up whose endpoint's circuit stayed open for so long that no attempt could be made. */
    public void giveUpOnCircuit(Worker.Work work, DeliveryTask task) {
        Outcome outcome = new Outcome.GivenUp(Retries.CIRCUIT_OPEN);
        settle(work, new Attempts.Attempted(task, outcome, null, 0, clock.instant(), 0, null), null);
    }

    /** Sends a task to the topic that it belongs on. */
    public void forward(Worker.Work work, ProducerRecord<byte[], byte[]> target) {
        if (work.isOwned()) {
            sender.send(target, work::finish);
        } else {
            work.finish();
        }
    }

    /** Sends a task to where others wait whose endpoint is not ordered; put off, so that nobody takes it for one that came before. */
    public void release(DeliveryTask task, Runnable acknowledged) {
        sender.send(schedule.recordOf(task.deferred(task.due()), clock.instant()), acknowledged);
    }

    /** Ends a task that is not attempted any more, with an entry in the log that says why. */
    public void drop(Worker.Work work, DeliveryTask task, RunControls.Withdrawal why) {
        drop(task, why, work::finish);
    }

    /** The same for one that is done with once the entry is acknowledged. */
    public void drop(DeliveryTask task, RunControls.Withdrawal why, Runnable acknowledged) {
        DeliveryAttempt entry = DeliveryAttempt.dropped(task, why.since(), why.reason());
        logOutcome(entry);
        sender.send(entry.toRecord(), acknowledged);
    }

    /** Sets a record aside that is no task. */
    public void setAside(Worker.Work work, RuntimeException why) {
        LOG.warnf(
                "set aside a record that is no task: topic=%s partition=%d offset=%d why=%s",
                work.source().topic(), work.source().partition(), work.source().offset(), why.getMessage());
        sender.send(DeadLetter.of(work.source(), String.valueOf(why.getMessage()), clock.instant()), work::finish);
    }

    /** What failed is neither tried again nor a dead letter if it was cancelled, or begun anew, while it was under way. */
    private Decision unlessWithdrawn(DeliveryTask task, Decision decision) {
        if (!(decision instanceof Decision.RetryAt) && !(decision instanceof Decision.Dead)) {
            return decision;
        }
        RunControls.Withdrawal withdrawal = controls.withdrawalOf(task);
        return withdrawal == null ? decision : new Decision.Dropped(withdrawal.reason());
    }

    private RetryPolicy policyOf(String endpointId) {
        Endpoint endpoint = registry.find(endpointId);
        return RetryPolicy.of(endpoint == null ? null : endpoint.registration().retry(), platformPolicy);
    }

    private @Nullable ProducerRecord<byte[], byte[]> followUp(
            Attempts.Attempted attempted, Decision decision, Instant now) {
        DeliveryTask task = attempted.task();
        if (decision instanceof Decision.RetryAt retry) {
            Instant first = task.firstAttemptAt() == null ? attempted.startedAt() : task.firstAttemptAt();
            return schedule.recordOf(task.retry(retry.at(), first), now);
        }
        if (decision instanceof Decision.Dead) {
            return DeadLetters.of(task, decision, Retries.errorClass(attempted.outcome()), now);
        }
        return null;
    }

    private static DeliveryAttempt entry(Attempts.Attempted attempted, Decision decision) {
        DeliveryTask task = attempted.task();
        Outcome outcome = attempted.outcome();
        Outcome.@Nullable Responded response = outcome instanceof Outcome.Responded responded ? responded : null;
        return new DeliveryAttempt(
                Ids.nextGuessable(Ids.Kind.ATTEMPT),
                task.deliveryId(),
                task.run(),
                task.attempt(),
                task.endpointId(),
                attempted.endpointVersion(),
                task.tenantId(),
                task.eventId(),
                task.eventType(),
                task.subscribedAs(),
                task.eventTime(),
                attempted.url(),
                attempted.startedAt(),
                attempted.durationMicros(),
                response == null ? 0 : response.status(),
                decision instanceof Decision.Delivered ? null : Retries.errorClass(outcome),
                outcome instanceof Outcome.Failed failed ? failed.message() : null,
                response == null ? Map.of() : response.headers(),
                response == null ? null : response.body(),
                next(decision),
                decision.reason(),
                decision instanceof Decision.RetryAt retry ? retry.at() : null,
                attempted.request());
    }

    private static Next next(Decision decision) {
        if (decision instanceof Decision.Delivered) {
            return Next.DELIVERED;
        }
        if (decision instanceof Decision.RetryAt) {
            return Next.RETRY;
        }
        if (decision instanceof Decision.Dead) {
            return Next.DEAD;
        }
        return decision instanceof Decision.Held ? Next.HELD : Next.DROPPED;
    }

    /** One line for each outcome; what went well only where somebody asked for it. */
    private static void logOutcome(DeliveryAttempt entry) {
        Logger.Level level =
                switch (entry.next()) {
                    case DELIVERED, DROPPED, SCHEDULED -> Logger.Level.DEBUG;
                    case RETRY, HELD -> Logger.Level.INFO;
                    case DEAD -> Logger.Level.WARN;
                };
        if (LOG.isEnabled(level)) {
            LOG.logf(
                    level,
                    "attempt settled: next=%s reason=%s delivery_id=%s run=%d attempt=%d endpoint_id=%s tenant_id=%s"
                            + " event_type=%s status=%d duration_ms=%d next_retry=%s",
                    entry.next(),
                    entry.reason(),
                    entry.deliveryId(),
                    entry.run(),
                    entry.attempt(),
                    entry.endpointId(),
                    entry.tenantId(),
                    entry.eventType(),
                    entry.statusCode(),
                    entry.durationMicros() / 1000,
                    entry.nextRetryAt());
        }
    }
}
