package io.stockhook.delivery.admission;

import io.stockhook.delivery.dispatch.Attempts;
import io.stockhook.delivery.dispatch.Settlement;
import io.stockhook.delivery.registry.Endpoint;
import io.stockhook.delivery.registry.EndpointRegistry;
import io.stockhook.delivery.registry.RunControls;
import io.stockhook.delivery.stream.Worker;
import io.stockhook.events.MalformedRecordException;
import io.stockhook.events.delivery.DeliveryTask;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The endpoints of one event loop. Everything here runs on that loop, so nothing is locked.
 *
 * <p>Slots are what the loop may have under way over all its endpoints. While they are all taken, endpoints that could go on wait in
 * line and get one slot each in turn. Slow endpoints have a line of their own and together no more than half of the slots, so that those
 * that hang never keep a slot from those that answer.
 */
final class DeliveryLoop {

    static final Duration TICK = Duration.ofMillis(250);
    /** An attempt begins, connects, sends and reads in turns of the event loop. */
    private static final int LOOP_TURNS_PER_ATTEMPT = 4;
    /** For how long the latency of an endpoint without traffic is remembered. */
    private static final Duration IDLE_LANES_KEPT = Duration.ofMinutes(5);

    private static final Logger LOG = Logger.getLogger(DeliveryLoop.class);

    private final EndpointRegistry registry;
    private final RunControls controls;
    private final Attempts attempts;
    private final Settlement settlement;
    private final AdmissionConfig config;
    private final Clock clock;
    private final AdmissionMetrics metrics;
    private final long slowMicros;
    private final int slowSlots;
    private final Map<String, Lane<Waiting>> lanes = new HashMap<>();
    private final Deque<Lane<Waiting>> line = new ArrayDeque<>();
    private final Deque<Lane<Waiting>> slowLine = new ArrayDeque<>();
    /** What has been taken of each partition; forgotten with it. */
    private final Map<Worker.Assignment, RecentTasks> taken = new HashMap<>();

    /** Attempts under way, the oldest first. */
    private final Set<Flight> flights = new LinkedHashSet<>();

    private int freeSlots;
    private int slowInFlight;
    private Instant slowReservedUntil = Instant.EPOCH;
    /** How late this loop gets to what is ready, in microseconds: how much of an attempt's time is ours and not the endpoint's. */
    private long lagMicros;

    private long lastTickNanos = System.nanoTime();
    private boolean isHandingOut;
    private boolean isSlowTurn;
    private long lastSweepNanos = System.nanoTime();
    private volatile int inFlight;
    private volatile int queued;

    private record Waiting(Worker.Work work, DeliveryTask task) {}

    /** An attempt under way. */
    private static final class Flight {
        private final Lane<Waiting> lane;
        private final Waiting what;
        private final long beganNanos = System.nanoTime();
        private boolean isSlow;

        Flight(Lane<Waiting> lane, Waiting what) {
            this.lane = lane;
            this.what = what;
        }
    }

    DeliveryLoop(
            EndpointRegistry registry,
            RunControls controls,
            Attempts attempts,
            Settlement settlement,
            AdmissionConfig config,
            int slots,
            AdmissionMetrics metrics,
            Clock clock) {
        this.registry = registry;
        this.controls = controls;
        this.attempts = attempts;
        this.settlement = settlement;
        this.config = config;
        this.slowMicros = TimeUnit.NANOSECONDS.toMicros(config.slowAttempt().toNanos());
        this.slowSlots = Math.max(1, slots / 2);
        this.freeSlots = slots;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Takes tasks that have arrived. */
    void accept(List<Worker.Work> batch) {
        Instant now = clock.instant();
        for (Worker.Work work : batch) {
            DeliveryTask task;
            try {
                task = DeliveryTask.read(work.source().headers(), work.source().value());
            } catch (MalformedRecordException e) {
                settlement.setAside(work, e);
                continue;
            }
            if (!taken.computeIfAbsent(work.assignment(), unused -> new RecentTasks())
                    .add(task)) {
                metrics.twin();
                work.finish();
                continue;
            }
            if (!isWithdrawn(work, task)) {
                admit(new Waiting(work, task), now);
            }
        }
        useFreeSlots();
    }

    /** Looks at what has grown old: to be called every {@link #TICK}. */
    void tick() {
        long nowNanos = System.nanoTime();
        Instant now = clock.instant();
        long late = TimeUnit.NANOSECONDS.toMicros(nowNanos - lastTickNanos) - TICK.toMillis() * 1_000;
        lastTickNanos = nowNanos;
        lagMicros = Math.max(late, lagMicros / 2);
        for (Flight flight : flights) {
            long ageMicros = ofTheEndpoint(TimeUnit.NANOSECONDS.toMicros(nowNanos - flight.beganNanos));
            if (ageMicros < slowMicros) {
                break;
            }
            if (flight.isSlow) {
                flight.lane.grew(ageMicros);
            } else {
                flight.isSlow = true;
                slowInFlight++;
                flight.lane.slowed(ageMicros);
            }
            shed(flight.lane, now);
        }
        if (queued > 0 && taken.keySet().stream().anyMatch(assignment -> !assignment.mayBegin())) {
            giveBack();
        }
        taken.keySet().removeIf(assignment -> !assignment.isOwned());
        if (nowNanos - lastSweepNanos > IDLE_LANES_KEPT.toNanos() / 2) {
            lastSweepNanos = nowNanos;
            long before = nowNanos - IDLE_LANES_KEPT.toNanos();
            lanes.values().removeIf(lane -> lane.isIdleSince(before, now));
        }
    }

    /**
     * What an attempt's time says of its endpoint. An instance that is short of processor time sees all endpoints slow; to put their tasks
     * off would only add to its work, while leaving them in Kafka costs nothing.
     */
    private long ofTheEndpoint(long micros) {
        return Math.max(micros / 16, micros - LOOP_TURNS_PER_ATTEMPT * lagMicros);
    }

    int inFlight() {
        return inFlight;
    }

    int queued() {
        return queued;
    }

    private void admit(Waiting waiting, Instant now) {
        DeliveryTask task = waiting.task();
        Endpoint endpoint = registry.find(task.endpointId());
        Lane<Waiting> lane = lanes.computeIfAbsent(task.endpointId(), Lane::new);
        lane.cap(endpoint == null ? 1 : endpoint.registration().maxInFlight());
        boolean isHeldBack = slowInFlight >= slowSlots && lane.isSlow(slowMicros);
        Admission.Verdict verdict = Admission.decide(lane.load(), isHeldBack, task.deferrals(), config, now);
        if (verdict instanceof Admission.Defer deferral) {
            if (isHeldBack) {
                deferHeldBack(lane, waiting, now);
            } else {
                defer(lane, waiting, deferral);
            }
        } else {
            lane.enqueue(waiting);
            queued++;
            standInLine(lane);
        }
    }

    /** Ends a task that somebody has taken back since it was sent on its way. */
    private boolean isWithdrawn(Worker.Work work, DeliveryTask task) {
        RunControls.Withdrawal withdrawal = controls.withdrawalOf(task);
        if (withdrawal == null) {
            return false;
        }
        metrics.withdrawal();
        settlement.drop(work, task, withdrawal);
        return true;
    }

    private void defer(Lane<Waiting> lane, Waiting waiting, Admission.Defer deferral) {
        if (deferral.isReserved()) {
            lane.reserve(deferral.until());
        }
        metrics.deferral();
        settlement.defer(waiting.work(), waiting.task(), deferral.until());
    }

    /** What slow endpoints share has a schedule of its own, else each would reserve as if it were alone. */
    private void deferHeldBack(Lane<Waiting> lane, Waiting waiting, Instant now) {
        Admission.Load shared = lane.load(slowSlots, slowReservedUntil);
        Admission.Defer deferral = Admission.defer(shared, waiting.task().deferrals(), config, now);
        if (deferral.isReserved()) {
            slowReservedUntil = deferral.until();
        }
        metrics.deferral();
        settlement.defer(waiting.work(), waiting.task(), deferral.until());
    }

    /** Puts off what would wait for too long, now that the endpoint turns out to be slower than it was. */
    private void shed(Lane<Waiting> lane, Instant now) {
        while (lane.queued() > 0 && Admission.isOverfull(lane.load(), config)) {
            Waiting last = lane.last();
            if (last == null) {
                return;
            }
            queued--;
            defer(lane, last, Admission.defer(lane.load(), last.task().deferrals(), config, now));
        }
    }

    /** Leaves to the next owner what has not begun on a partition that is being handed over. */
    private void giveBack() {
        for (Lane<Waiting> lane : lanes.values()) {
            queued -= lane.removeIf(waiting -> {
                boolean isLeaving = !waiting.work().mayBegin();
                if (isLeaving) {
                    waiting.work().release();
                }
                return isLeaving;
            });
        }
    }

    private void standInLine(Lane<Waiting> lane) {
        if (!lane.isInLine && lane.hasNext()) {
            lane.isInLine = true;
            (lane.isSlow(slowMicros) ? slowLine : line).add(lane);
        }
    }

    private void useFreeSlots() {
        if (isHandingOut) {
            return; // an attempt that ended at once has called back from within the loop below
        }
        isHandingOut = true;
        try {
            while (freeSlots > 0 && handOutOne()) {
                // as long as there is a slot and one who wants it
            }
        } finally {
            isHandingOut = false;
        }
    }

    private boolean handOutOne() {
        boolean maySlow = !slowLine.isEmpty() && slowInFlight < slowSlots;
        if (line.isEmpty() && !maySlow) {
            return false;
        }
        isSlowTurn = maySlow && (line.isEmpty() || !isSlowTurn);
        Lane<Waiting> lane = (isSlowTurn ? slowLine : line).remove();
        if (!isSlowTurn && lane.isSlow(slowMicros)) {
            slowLine.add(lane); // it was quick when it joined the line
            return true;
        }
        lane.isInLine = false;
        Waiting next = lane.first();
        if (next != null) {
            queued--;
            if (!next.work().mayBegin()) {
                next.work().release();
            } else if (!isWithdrawn(next.work(), next.task())) {
                begin(lane, next);
            }
            standInLine(lane);
        }
        return true;
    }

    private void begin(Lane<Waiting> lane, Waiting next) {
        freeSlots--;
        inFlight++;
        Flight flight = new Flight(lane, next);
        flights.add(flight);
        if (lane.isSlow(slowMicros)) {
            flight.isSlow = true;
            slowInFlight++;
            lane.slowed(0);
        }
        lane.began();
        attempts.attempt(next.task(), attempted -> end(flight, attempted));
    }

    private void end(Flight flight, Attempts.Attempted attempted) {
        flights.remove(flight);
        freeSlots++;
        inFlight--;
        if (flight.isSlow) {
            slowInFlight--;
        }
        Lane<Waiting> lane = flight.lane;
        lane.ended(ofTheEndpoint(attempted.durationMicros()), flight.isSlow, System.nanoTime());
        settle(flight.what.work(), attempted);
        shed(lane, clock.instant());
        standInLine(lane);
        useFreeSlots();
    }

    /** Whatever is wrong with one delivery, the loop goes on, and the task is not lost. */
    private void settle(Worker.Work work, Attempts.Attempted attempted) {
        try {
            settlement.settle(work, attempted);
        } catch (RuntimeException e) {
            LOG.errorf(
                    e, "attempt not settled: delivery_id=%s", attempted.task().deliveryId());
            settlement.setAside(work, e);
        }
    }
}
