package io.stockhook.delivery.dispatch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.stockhook.delivery.confirmation.Wait;
import io.stockhook.delivery.deadletter.DeadLetters;
import io.stockhook.delivery.registry.Confirmations;
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
import io.stockhook.events.delivery.AwaitedConfirmation;
import io.stockhook.events.delivery.Confirmation;
import io.stockhook.events.delivery.DeadLetter;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.events.delivery.DeliveryAttempt.Next;
import io.stockhook.events.delivery.DeliveryTask;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
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

    /**
     * Counter {@value}: attempts by {@code next}: {@code delivered}, {@code retry}, {@code dead}, {@code held}, {@code dropped},
     * {@code awaiting_confirmation}; one of a batch counts for each of its events.
     */
    static final String ATTEMPTS = "stockhook.delivery.attempts";

    private static final Logger LOG = Logger.getLogger(Settlement.class);

    private final EndpointRegistry registry;
    private final RunControls controls;
    private final Confirmations confirmations;
    private final Duration firstLook;
    private final RetryPolicy platformPolicy;
    private final Schedule schedule;
    private final ReliableSender sender;
    private final Clock clock;
    private final Counter[] counters;

    /**
     * @param firstLook how long after a 202 it is first looked whether it was confirmed
     * @param platformPolicy for endpoints without a policy of their own
     */
    public Settlement(
            EndpointRegistry registry,
            RunControls controls,
            Confirmations confirmations,
            Duration firstLook,
            RetryPolicy platformPolicy,
            Schedule schedule,
            ReliableSender sender,
            MeterRegistry meters,
            Clock clock) {
        this.registry = registry;
        this.controls = controls;
        this.confirmations = confirmations;
        this.firstLook = firstLook;
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
        DeliveryTask task = attempted.task();
        Decision decision = Retries.decide(
                task, attempted.outcome(), () -> policyOf(task.endpointId()), attempted.startedAt(), now);
        List<DeliveryTask> singles = task.singles();
        List<ProducerRecord<byte[], byte[]>> produced = new ArrayList<>(2 + singles.size());
        if (verdict != null) {
            produced.add(recordOf(verdict));
        }
        boolean isWanted = false;
        for (DeliveryTask single : singles) {
            Attempts.Attempted one = task.batch() == null ? attempted : attempted.ofBatch(single, singles.size());
            Decision ofSingle = unlessWithdrawn(single, decision);
            isWanted |= ofSingle.equals(decision);
            if (ofSingle instanceof Decision.Dead && work.isOwned()) {
                produced.add(DeadLetters.of(single, ofSingle, Retries.errorClass(attempted.outcome()), now));
            }
            DeliveryAttempt entry = entry(one, ofSingle);
            counters[entry.next().ordinal()].increment();
            if (task.batch() == null) {
                logOutcome(entry, 1);
            }
            produced.add(entry.toRecord());
        }
        if (task.batch() != null) {
            logOutcome(entry(attempted, decision), singles.size());
        }
        ProducerRecord<byte[], byte[]> followUp =
                isWanted && work.isOwned() ? followUp(attempted, decision, now) : null;
        if (followUp != null) {
            produced.add(followUp);
        }
        if (!(decision instanceof Decision.Awaiting) && confirmations.of(task) != null) {
            produced.add(Confirmation.tombstone(task.deliveryId()));
        }
        send(produced, work::finish);
    }

    /** What follows an attempt at an ordered endpoint, to be settled {@link #settleInPlace in place}. */
    public Decision decide(Attempts.Attempted attempted) {
        DeliveryTask task = attempted.task();
        return unlessWithdrawn(
                task,
                Retries.decide(
                        task,
                        attempted.outcome(),
                        () -> policyOf(task.endpointId()),
                        attempted.startedAt(),
                        clock.instant()));
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
        Instant now = clock.instant();
        List<ProducerRecord<byte[], byte[]>> produced = new ArrayList<>(3);
        if (verdict != null) {
            produced.add(recordOf(verdict));
        }
        if (isOwned && decision instanceof Decision.Dead) {
            produced.add(DeadLetters.of(attempted.task(), decision, Retries.errorClass(attempted.outcome()), now));
        }
        DeliveryAttempt entry = entry(attempted, decision);
        counters[entry.next().ordinal()].increment();
        logOutcome(entry, 1);
        produced.add(entry.toRecord());
        // Of an endpoint that has ceased to be ordered this very moment.
        ProducerRecord<byte[], byte[]> look =
                isOwned && decision instanceof Decision.Awaiting ? followUp(attempted, decision, now) : null;
        if (look != null) {
            produced.add(look);
        }
        send(produced, acknowledged);
    }

    private static ProducerRecord<byte[], byte[]> recordOf(EndpointVerdict verdict) {
        return new ProducerRecord<>(
                Topics.ENDPOINT_VERDICTS, verdict.endpointId().getBytes(StandardCharsets.UTF_8), Json.write(verdict));
    }

    /** The task with which it goes on; null if this attempt was the last. */
    private @Nullable ProducerRecord<byte[], byte[]> followUp(
            Attempts.Attempted attempted, Decision decision, Instant now) {
        DeliveryTask task = attempted.task();
        if (decision instanceof Decision.RetryAt retry) {
            Instant first = task.firstAttemptAt() == null ? attempted.startedAt() : task.firstAttemptAt();
            return schedule.recordOf(task.retry(retry.at(), first), now);
        }
        if (decision instanceof Decision.Awaiting awaiting) {
            AwaitedConfirmation awaited =
                    new AwaitedConfirmation(attempted.startedAt(), awaiting.by(), attempted.endpointVersion());
            return schedule.recordOf(task.awaiting(awaited, Wait.nextLook(awaited, firstLook, now)), now);
        }
        return null;
    }

    /** Produces them all and calls back when the last is acknowledged. */
    private void send(List<ProducerRecord<byte[], byte[]>> targets, Runnable acknowledged) {
        AtomicInteger open = new AtomicInteger(targets.size());
        for (ProducerRecord<byte[], byte[]> target : targets) {
            sender.send(target, () -> {
                if (open.decrementAndGet() == 0) {
                    acknowledged.run();
                }
            });
        }
    }

    /**
     * Puts a batch on its way in place of its events' own tasks: from then on it is what is attempted and repeated.
     *
     * @param works of its events' tasks, which are done with it
     * @param frozen called when the broker has it; on any thread
     */
    public void freeze(List<Worker.Work> works, DeliveryTask batch, Runnable frozen) {
        sender.send(batch.toRecord(Topics.TASKS, registry.parallelismOf(batch.endpointId())), () -> {
            works.forEach(Worker.Work::finish);
            frozen.run();
        });
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

    /** Hands a task to the owner that it has now, with nothing changed. */
    public void passOn(Worker.Work work, DeliveryTask task) {
        forward(work, task.toRecord(Topics.TASKS, registry.parallelismOf(task.endpointId())));
    }

    /** Ends a task whose delivery the endpoint has confirmed, which the log knows already. */
    public void confirmed(Worker.Work work, DeliveryTask task) {
        sender.send(Confirmation.tombstone(task.deliveryId()), work::finish);
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
        logOutcome(entry, 1);
        sender.send(entry.toRecord(), acknowledged);
    }

    /**
     * Ends a batch none of whose events is wanted any more, with an entry in the log for each.
     *
     * @param whys why each is not, in the order of the batch
     */
    public void dropBatch(Worker.Work work, DeliveryTask batch, List<RunControls.Withdrawal> whys) {
        List<DeliveryTask> singles = batch.singles();
        List<ProducerRecord<byte[], byte[]>> entries = new ArrayList<>(singles.size());
        for (int i = 0; i < singles.size(); i++) {
            RunControls.Withdrawal why = whys.get(i);
            entries.add(DeliveryAttempt.dropped(singles.get(i), why.since(), why.reason())
                    .toRecord());
        }
        send(entries, work::finish);
    }

    /** Sets a record aside that is no task. */
    public void setAside(Worker.Work work, RuntimeException why) {
        LOG.warnf(
                "set aside a record that is no task: topic=%s partition=%d offset=%d why=%s",
                work.source().topic(), work.source().partition(), work.source().offset(), why.getMessage());
        sender.send(DeadLetter.of(work.source(), String.valueOf(why.getMessage()), clock.instant()), work::finish);
    }

    /** What failed is neither tried again nor a dead letter if it was cancelled, begun anew or confirmed while it was under way. */
    private Decision unlessWithdrawn(DeliveryTask task, Decision decision) {
        if (!(decision instanceof Decision.RetryAt) && !(decision instanceof Decision.Dead)) {
            return decision;
        }
        Confirmation said = confirmations.of(task);
        if (said != null && said.isAccepted()) {
            return new Decision.Dropped(Confirmation.CONFIRMED);
        }
        RunControls.Withdrawal withdrawal = controls.withdrawalOf(task);
        return withdrawal == null ? decision : new Decision.Dropped(withdrawal.reason());
    }

    private RetryPolicy policyOf(String endpointId) {
        Endpoint endpoint = registry.find(endpointId);
        return RetryPolicy.of(endpoint == null ? null : endpoint.registration().retry(), platformPolicy);
    }

    private static DeliveryAttempt entry(Attempts.Attempted attempted, Decision decision) {
        DeliveryTask task = attempted.task();
        Outcome outcome = attempted.outcome();
        Outcome.@Nullable Responded response = outcome.answer();
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
                isFailure(decision) ? Retries.errorClass(outcome) : null,
                outcome instanceof Outcome.Failed failed ? failed.message() : null,
                response == null ? Map.of() : response.headers(),
                response == null ? null : response.body(),
                next(decision),
                decision.reason(),
                nextAt(decision),
                attempted.request());
    }

    private static boolean isFailure(Decision decision) {
        return !(decision instanceof Decision.Delivered) && !(decision instanceof Decision.Awaiting);
    }

    private static @Nullable Instant nextAt(Decision decision) {
        if (decision instanceof Decision.Awaiting awaiting) {
            return awaiting.by();
        }
        return decision instanceof Decision.RetryAt retry ? retry.at() : null;
    }

    private static Next next(Decision decision) {
        if (decision instanceof Decision.Delivered) {
            return Next.DELIVERED;
        }
        if (decision instanceof Decision.RetryAt) {
            return Next.RETRY;
        }
        if (decision instanceof Decision.Awaiting) {
            return Next.AWAITING_CONFIRMATION;
        }
        if (decision instanceof Decision.Dead) {
            return Next.DEAD;
        }
        return decision instanceof Decision.Held ? Next.HELD : Next.DROPPED;
    }

    /** One line for each outcome; what went well only where somebody asked for it. */
    private static void logOutcome(DeliveryAttempt entry, int events) {
        Logger.Level level =
                switch (entry.next()) {
                    case DELIVERED, DROPPED, SCHEDULED, AWAITING_CONFIRMATION -> Logger.Level.DEBUG;
                    case RETRY, HELD -> Logger.Level.INFO;
                    case DEAD -> Logger.Level.WARN;
                };
        if (LOG.isEnabled(level)) {
            LOG.logf(
                    level,
                    "attempt settled: next=%s reason=%s delivery_id=%s run=%d attempt=%d endpoint_id=%s tenant_id=%s"
                            + " event_type=%s events=%d status=%d duration_ms=%d next_retry=%s",
                    entry.next(),
                    entry.reason(),
                    entry.deliveryId(),
                    entry.run(),
                    entry.attempt(),
                    entry.endpointId(),
                    entry.tenantId(),
                    entry.eventType(),
                    events,
                    entry.statusCode(),
                    entry.durationMicros() / 1000,
                    entry.nextRetryAt());
        }
    }
}
