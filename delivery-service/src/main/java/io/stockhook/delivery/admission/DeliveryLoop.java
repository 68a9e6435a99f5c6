package io.stockhook.delivery.admission;

import io.stockhook.delivery.admission.AdmissionMetrics.Reason;
import io.stockhook.delivery.circuit.CircuitAnnouncements;
import io.stockhook.delivery.confirmation.Wait;
import io.stockhook.delivery.dispatch.Attempts;
import io.stockhook.delivery.dispatch.BatchParts;
import io.stockhook.delivery.dispatch.Settlement;
import io.stockhook.delivery.registry.Confirmations;
import io.stockhook.delivery.registry.Endpoint;
import io.stockhook.delivery.registry.EndpointRegistry;
import io.stockhook.delivery.registry.RunControls;
import io.stockhook.delivery.retry.Outcome;
import io.stockhook.delivery.stream.Worker;
import io.stockhook.delivery.verdict.EndpointJudge;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.MalformedRecordException;
import io.stockhook.events.Topics;
import io.stockhook.events.delivery.AwaitedConfirmation;
import io.stockhook.events.delivery.Confirmation;
import io.stockhook.events.delivery.DeliveryTask;
import io.stockhook.events.delivery.EventBatch;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
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
    /** How many attempts are begun in one turn, so that those under way get theirs. */
    private static final int BEGUN_PER_TURN = 32;
    /** How many are under way at least, however long the turns, if there is work for them. */
    private static final int ALWAYS_IN_FLIGHT = 16;
    /** For how long the latency of an endpoint without traffic is remembered. */
    private static final Duration IDLE_LANES_KEPT = Duration.ofMinutes(5);
    /** For how long an open circuit without traffic is remembered: longer than any task is put off because of it. */
    private static final Duration OPEN_CIRCUITS_KEPT = Duration.ofMinutes(30);

    private static final int ACCEPTED = 202;

    private static final Logger LOG = Logger.getLogger(DeliveryLoop.class);

    private final EndpointRegistry registry;
    private final RunControls controls;
    private final Confirmations confirmations;
    private final Duration firstLook;
    private final Attempts attempts;
    private final EndpointJudge judge;
    private final Settlement settlement;
    private final AdmissionConfig config;
    private final BreakerConfig breaker;
    private final CircuitAnnouncements circuits;
    private final Clock clock;
    private final AdmissionMetrics metrics;
    private final long slowMicros;
    private final int slowSlots;
    private final Turns turns;
    private final EndpointRegistration.Breaker breakerSettings;
    private final PacedTasks<Waiting> paced;
    private final BatchCollector batches;
    private final Set<Lane<Waiting>> openCircuits = new HashSet<>();
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
    private boolean isHandingOut;
    private boolean isSlowTurn;
    private long lastSweepNanos = System.nanoTime();
    private volatile int inFlight;
    private volatile int queued;
    private volatile int openCircuitCount;

    /** A task that has been taken and not begun. */
    record Waiting(Worker.Work work, DeliveryTask task) {}

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
            Confirmations confirmations,
            Duration firstLook,
            Attempts attempts,
            BatchParts parts,
            EndpointJudge judge,
            Settlement settlement,
            AdmissionConfig config,
            BreakerConfig breaker,
            CircuitAnnouncements circuits,
            int slots,
            int loops,
            Executor nextTurn,
            PacedTasks.Timers timers,
            AdmissionMetrics metrics,
            Clock clock) {
        this.registry = registry;
        this.controls = controls;
        this.confirmations = confirmations;
        this.firstLook = firstLook;
        this.attempts = attempts;
        this.judge = judge;
        this.settlement = settlement;
        this.config = config;
        this.breaker = breaker;
        this.circuits = circuits;
        this.breakerSettings = breaker.settings();
        this.paced = new PacedTasks<>(timers, this::slotHasCome);
        this.slowMicros = TimeUnit.NANOSECONDS.toMicros(config.slowAttempt().toNanos());
        this.slowSlots = Math.max(1, slots / 2);
        this.freeSlots = slots;
        this.turns = new Turns(nextTurn);
        this.metrics = metrics;
        this.clock = clock;
        this.batches = new BatchCollector(
                registry,
                parts,
                settlement,
                waiting -> isWithdrawn(waiting.work(), waiting.task()),
                this::admitAlone,
                loops,
                nextTurn,
                timers,
                metrics,
                clock);
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
            if (isOrdered(task)) {
                // Before it counts as taken: it may come back, if the endpoint ceases to be ordered.
                settlement.forward(work, task.toRecord(Topics.ORDERED_TASKS, 1));
                continue;
            }
            if (hasOtherOwner(work, task)) {
                settlement.passOn(work, task);
                continue;
            }
            if (!taken.computeIfAbsent(work.assignment(), unused -> new RecentTasks())
                    .add(task)) {
                metrics.twin();
                work.finish();
                continue;
            }
            batches.comes(task);
            if (!isWithdrawn(work, task) && !isMadeAlready(work, task, now)) {
                takeIn(new Waiting(work, task), now);
            }
        }
        useFreeSlots(BEGUN_PER_TURN);
    }

    /** Whether it belongs on the topic of ordered deliveries. A batch, and what waits for its confirmation, ends as what it is. */
    private boolean isOrdered(DeliveryTask task) {
        Endpoint endpoint = registry.find(task.endpointId());
        return endpoint != null && endpoint.isOrdered() && task.batch() == null && task.awaited() == null;
    }

    /** Whether the task has the key of a time when its endpoint was spread over another number of owners. */
    private boolean hasOtherOwner(Worker.Work work, DeliveryTask task) {
        byte[] key = work.source().key();
        int parallelism = registry.parallelismOf(task.endpointId());
        return parallelism <= 1
                ? key == null || key.length != task.endpointId().length()
                : !laneOf(work, task).equals(task.key(parallelism));
    }

    /** The part of the endpoint's deliveries that the task belongs to; all of them, unless it is spread over several owners. */
    static String laneOf(Worker.Work work, DeliveryTask task) {
        byte[] key = work.source().key();
        return key == null || key.length == task.endpointId().length()
                ? task.endpointId()
                : new String(key, StandardCharsets.UTF_8);
    }

    /** Looks at what has grown old: to be called every {@link #TICK}. */
    void tick() {
        long nowNanos = System.nanoTime();
        Instant now = clock.instant();
        for (Flight flight : flights) {
            long ageMicros = turns.ofTheEndpoint(TimeUnit.NANOSECONDS.toMicros(nowNanos - flight.beganNanos));
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
        batches.relieve();
        if (queued() > 0 && taken.keySet().stream().anyMatch(assignment -> !assignment.mayBegin())) {
            giveBack();
        }
        taken.keySet().removeIf(assignment -> !assignment.isOwned());
        if (nowNanos - lastSweepNanos > IDLE_LANES_KEPT.toNanos() / 2) {
            lastSweepNanos = nowNanos;
            closeUnusedCircuits(nowNanos - OPEN_CIRCUITS_KEPT.toNanos());
            long before = nowNanos - IDLE_LANES_KEPT.toNanos();
            lanes.values().removeIf(lane -> !openCircuits.contains(lane) && lane.isIdleSince(before, now));
            judge.sweep();
        }
    }

    int inFlight() {
        return inFlight;
    }

    int queued() {
        return queued + batches.size();
    }

    /** How many endpoints' circuits are not closed. */
    int openCircuits() {
        return openCircuitCount;
    }

    private void takeIn(Waiting waiting, Instant now) {
        DeliveryTask task = waiting.task();
        Endpoint endpoint = registry.find(task.endpointId());
        boolean isHeld = endpoint != null && registry.isHeld(endpoint);
        if (isHeld || BatchCollector.wanted(task, endpoint) == null) {
            admit(waiting, now);
        } else {
            batches.add(waiting);
        }
    }

    private void admitAlone(Waiting waiting) {
        admit(waiting, clock.instant());
        useFreeSlots(1);
    }

    private void admit(Waiting waiting, Instant now) {
        DeliveryTask task = waiting.task();
        Endpoint endpoint = registry.find(task.endpointId());
        Lane<Waiting> lane = lanes.computeIfAbsent(laneOf(waiting.work(), task), Lane::new);
        if (endpoint == null) {
            lane.gone();
        } else {
            EndpointRegistration registration = endpoint.registration();
            lane.follow(
                    registration,
                    registry.sharersWith(registration),
                    waiting.work().assignment().age());
        }
        noteCircuit(lane);
        if (!lane.isCircuitClosed() && lane.queued() >= Circuit.PROBES) {
            holdUp(lane, waiting, now);
            return;
        }
        Rate rate = lane.rate();
        if (rate == null || task.slotMark() == lane.slotMark()) {
            join(lane, waiting, now);
        } else {
            awaitSlot(lane, waiting, rate, now);
        }
    }

    /** Gives a task a slot of its endpoint's rate, for which it waits in memory if it is near, or else on the wheel. */
    private void awaitSlot(Lane<Waiting> lane, Waiting waiting, Rate rate, Instant now) {
        Optional<Duration> wait = rate.take();
        if (wait.isEmpty()) {
            metrics.deferral(Reason.RATE);
            settlement.defer(waiting.work(), waiting.task().deferred(now.plus(Rate.FARTHEST_SLOT)));
        } else if (wait.get().isZero()) {
            join(lane, waiting, now);
        } else if (wait.get().compareTo(Admission.SHORTEST_DEFERRAL) < 0) {
            queued++;
            paced.add(System.nanoTime() + wait.get().toNanos(), waiting);
        } else {
            metrics.deferral(Reason.RATE);
            settlement.defer(waiting.work(), waiting.task().deferredToSlot(now.plus(wait.get()), lane.slotMark()));
        }
    }

    private void slotHasCome(Waiting waiting) {
        queued--;
        if (waiting.work().mayBegin()) {
            join(lanes.computeIfAbsent(laneOf(waiting.work(), waiting.task()), Lane::new), waiting, clock.instant());
            useFreeSlots(1);
        } else {
            waiting.work().release();
        }
    }

    private void join(Lane<Waiting> lane, Waiting waiting, Instant now) {
        DeliveryTask task = waiting.task();
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
        EventBatch batch = task.batch();
        if (batch != null) {
            return isWithdrawn(work, task, batch);
        }
        RunControls.Withdrawal withdrawal = controls.withdrawalOf(task);
        if (withdrawal == null) {
            return false;
        }
        metrics.withdrawal();
        settlement.drop(work, task, withdrawal);
        return true;
    }

    /** A batch is sent as it is for as long as somebody wants one of its events. */
    private boolean isWithdrawn(Worker.Work work, DeliveryTask task, EventBatch batch) {
        List<RunControls.Withdrawal> withdrawals = new ArrayList<>();
        for (EventBatch.Event event : batch.events()) {
            RunControls.Withdrawal withdrawal = controls.withdrawalOf(event.deliveryId(), event.run());
            if (withdrawal == null) {
                return false;
            }
            withdrawals.add(withdrawal);
        }
        metrics.withdrawal();
        settlement.dropBatch(work, task, withdrawals);
        return true;
    }

    /** Ends a task whose attempt was made, for which only the endpoint's confirmation is or was waited, or lets it wait on. */
    private boolean isMadeAlready(Worker.Work work, DeliveryTask task, Instant now) {
        Confirmation said = confirmations.of(task);
        AwaitedConfirmation awaited = task.awaited();
        if (awaited == null) {
            boolean isConfirmed = said != null && said.isAccepted();
            if (isConfirmed) {
                settlement.confirmed(work, task); // the answer to the attempt was lost, the confirmation was not
            }
            return isConfirmed;
        }
        Wait wait = Wait.look(awaited, said, firstLook, now);
        if (wait instanceof Wait.GoesOn going) {
            settlement.defer(work, task.awaiting(awaited, going.nextLook()));
        } else if (wait instanceof Wait.Failed failed) {
            Outcome outcome = new Outcome.Failed(failed.errorClass(), failed.message());
            settle(work, ended(task, awaited, outcome, now));
        } else {
            judge.judge(
                    work.assignment(),
                    ended(task, awaited, new Outcome.Responded(ACCEPTED, null, Map.of(), null), now));
            settlement.confirmed(work, task);
        }
        return true;
    }

    private static Attempts.Attempted ended(
            DeliveryTask task, AwaitedConfirmation awaited, Outcome outcome, Instant now) {
        return new Attempts.Attempted(task, outcome, null, awaited.endpointVersion(), now, 0, null);
    }

    private void defer(Lane<Waiting> lane, Waiting waiting, Admission.Defer deferral) {
        if (deferral.isReserved()) {
            lane.reserve(deferral.until());
        }
        metrics.deferral(Reason.BUSY);
        settlement.defer(waiting.work(), waiting.task().deferred(deferral.until()));
    }

    /** What slow endpoints share has a schedule of its own, else each would reserve as if it were alone. */
    private void deferHeldBack(Lane<Waiting> lane, Waiting waiting, Instant now) {
        Admission.Load shared = lane.load(slowSlots, slowReservedUntil);
        Admission.Defer deferral = Admission.defer(shared, waiting.task().deferrals(), config, now);
        if (deferral.isReserved()) {
            slowReservedUntil = deferral.until();
        }
        metrics.deferral(Reason.BUSY);
        settlement.defer(waiting.work(), waiting.task().deferred(deferral.until()));
    }

    /** Puts off what an open circuit keeps from being attempted, or gives it up after all that time. */
    private void holdUp(Lane<Waiting> lane, Waiting waiting, Instant now) {
        DeliveryTask task = waiting.task();
        Instant since = task.heldUpSince() == null ? now : task.heldUpSince();
        if (Duration.between(since, now).compareTo(breaker.giveUpAfter()) > 0) {
            settlement.giveUpOnCircuit(waiting.work(), task);
            return;
        }
        metrics.deferral(Reason.CIRCUIT);
        Duration openFor = Duration.ofMillis(lane.breaker(breakerSettings).openMs());
        Instant until = Admission.afterOpenCircuit(openFor, task.deliveryId(), task.deferrals(), now);
        settlement.defer(waiting.work(), task.heldUp(until, since));
    }

    private void holdUpAll(Lane<Waiting> lane, Instant now) {
        for (Waiting last = lane.last(); last != null; last = lane.last()) {
            queued--;
            holdUp(lane, last, now);
        }
    }

    /** Else endpoints that were deleted, or moved to another owner, while their circuit was open would be remembered for ever. */
    private void closeUnusedCircuits(long unusedSinceNanos) {
        for (Lane<Waiting> lane : List.copyOf(openCircuits)) {
            if (lane.isUnusedSince(unusedSinceNanos)) {
                lane.closeCircuit();
                noteCircuit(lane);
            }
        }
    }

    private void noteCircuit(Lane<Waiting> lane) {
        if (lane.isCircuitClosed() ? openCircuits.remove(lane) : openCircuits.add(lane)) {
            openCircuitCount = openCircuits.size();
        }
        lane.announceCircuit(circuits, breakerSettings);
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
        batches.giveBack();
        queued -= paced.removeIf(DeliveryLoop::isReleased);
        for (Lane<Waiting> lane : lanes.values()) {
            queued -= lane.removeIf(DeliveryLoop::isReleased);
        }
    }

    private static boolean isReleased(Waiting waiting) {
        boolean isLeaving = !waiting.work().mayBegin();
        if (isLeaving) {
            waiting.work().release();
        }
        return isLeaving;
    }

    private void standInLine(Lane<Waiting> lane) {
        if (!lane.isInLine && lane.hasNext()) {
            lane.isInLine = true;
            (lane.isSlow(slowMicros) ? slowLine : line).add(lane);
        }
    }

    /** Begins what may begin, but no more in one turn than leaves the loop time for what is under way. */
    private void useFreeSlots(int most) {
        if (isHandingOut) {
            return; // an attempt that ended at once has called back from within the loop below
        }
        isHandingOut = true;
        boolean isMore = true;
        try {
            for (int handedOut = 0; isMore && handedOut < most && mayBegin(); handedOut++) {
                isMore = handOutOne();
            }
        } finally {
            isHandingOut = false;
        }
        if (isMore && freeSlots > 0) {
            turns.watch(this::useFreeSlotsOfNextTurn);
        }
    }

    private void useFreeSlotsOfNextTurn() {
        useFreeSlots(BEGUN_PER_TURN);
    }

    private boolean mayBegin() {
        return freeSlots > 0 && (inFlight < ALWAYS_IN_FLIGHT || !turns.areLong());
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
                beginOrHoldUp(lane, next);
            }
            standInLine(lane);
        }
        return true;
    }

    private void beginOrHoldUp(Lane<Waiting> lane, Waiting next) {
        if (lane.tryBegin()) {
            lane.announceCircuit(circuits, breakerSettings);
            begin(lane, next);
        } else {
            holdUp(lane, next, clock.instant());
        }
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
        lane.ended(turns.ofTheEndpoint(attempted.durationMicros()), flight.isSlow, System.nanoTime());
        lane.judged(attempted, lane.breaker(breakerSettings), clock);
        settle(flight.what.work(), attempted);
        Instant now = clock.instant();
        noteCircuit(lane);
        if (lane.isCircuitClosed()) {
            shed(lane, now);
        } else {
            holdUpAll(lane, now);
        }
        standInLine(lane);
        useFreeSlots(1);
    }

    /** Whatever is wrong with one delivery, the loop goes on, and the task is not lost. */
    private void settle(Worker.Work work, Attempts.Attempted attempted) {
        try {
            EndpointJudge.Judgement judgement = judge.judge(work.assignment(), attempted);
            settlement.settle(work, judgement.attempted(), judgement.verdict());
        } catch (RuntimeException e) {
            LOG.errorf(
                    e, "attempt not settled: delivery_id=%s", attempted.task().deliveryId());
            settlement.setAside(work, e);
        }
    }
}
