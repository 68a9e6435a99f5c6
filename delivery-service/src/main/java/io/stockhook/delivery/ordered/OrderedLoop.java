package io.stockhook.delivery.ordered;

import io.stockhook.delivery.admission.AdmissionMetrics;
import io.stockhook.delivery.admission.PacedTasks;
import io.stockhook.delivery.admission.Rate;
import io.stockhook.delivery.circuit.CircuitAnnouncements;
import io.stockhook.delivery.dispatch.Attempts;
import io.stockhook.delivery.dispatch.Settlement;
import io.stockhook.delivery.ordered.OrderedPartition.State;
import io.stockhook.delivery.ordered.OrderedQueue.Writes;
import io.stockhook.delivery.registry.Endpoint;
import io.stockhook.delivery.registry.EndpointRegistry;
import io.stockhook.delivery.registry.RunControls;
import io.stockhook.delivery.retry.Decision;
import io.stockhook.delivery.retry.Outcome;
import io.stockhook.delivery.stream.Worker;
import io.stockhook.delivery.verdict.EndpointJudge;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EndpointRegistration.Breaker;
import io.stockhook.events.EventData;
import io.stockhook.events.Ids;
import io.stockhook.events.MalformedRecordException;
import io.stockhook.events.delivery.DeliveryTask;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The ordered endpoints of some partitions. Everything here runs on one event loop, so nothing is locked; PostgreSQL is asked on
 * {@link BacklogThreads}, one transaction of a partition at a time.
 *
 * <p>Slots are what the loop may have under way over all its endpoints; those that could go on stand in line for them and get one each in
 * turn. Slow endpoints have no more than half of the slots together.
 */
final class OrderedLoop {

    static final Duration TICK = Duration.ofMillis(250);
    /** How many attempts are begun in one turn, so that those under way get theirs. */
    private static final int BEGUN_PER_TURN = 32;
    /** How many reads are under way at once, so that no endpoint keeps others from being read. */
    private static final int MOST_READS = 4;
    /** For how long an endpoint without traffic is remembered. */
    private static final Duration IDLE_KEPT = Duration.ofMinutes(5);
    /** How long deliveries stay in memory that could not be written to the backlog, before it is tried again. */
    private static final Duration SPILL_AGAIN = Duration.ofSeconds(5);
    /** After what must not happen. */
    private static final Duration AFTER_ERROR = Duration.ofMinutes(1);

    private static final String NO_KEY = "";
    private static final Logger LOG = Logger.getLogger(OrderedLoop.class);

    private final EndpointRegistry registry;
    private final RunControls controls;
    private final Attempts attempts;
    private final EndpointJudge judge;
    private final Settlement settlement;
    private final CircuitAnnouncements circuits;
    private final Backlog backlog;
    private final BacklogThreads threads;
    private final OrderedConfig config;
    private final OrderedQueue.Limits limits;
    private final Breaker platformBreaker;
    private final long slowMicros;
    private final int slowSlots;
    private final Executor nextTurn;
    private final PacedTasks<OrderedEndpoint> paced;
    private final OrderedMetrics metrics;
    private final AdmissionMetrics admissionMetrics;
    private final Clock clock;

    private final Map<Worker.Assignment, OrderedPartition> partitions = new LinkedHashMap<>();
    /** Partitions with a claim under way: the next stay of one waits for it, so that the last claim is the last owner's. */
    private final Set<Integer> claiming = new HashSet<>();

    private final Deque<OrderedEndpoint> line = new ArrayDeque<>();
    private final Deque<OrderedEndpoint> slowLine = new ArrayDeque<>();
    private final Deque<OrderedEndpoint> toRead = new ArrayDeque<>();
    /** Attempts under way, the oldest first. */
    private final Set<Flight> flights = new LinkedHashSet<>();

    private int freeSlots;
    private int slowInFlight;
    private int reads;
    private boolean isHandingOut;
    private volatile int inFlight;
    private volatile int waiting;
    private volatile int blockedKeys;
    private volatile int unclaimed;

    /** An attempt under way. */
    private static final class Flight {
        private final OrderedEndpoint endpoint;
        private final Entry entry;
        private final long beganNanos = System.nanoTime();
        private boolean isSlow;

        Flight(OrderedEndpoint endpoint, Entry entry) {
            this.endpoint = endpoint;
            this.entry = entry;
        }
    }

    OrderedLoop(
            EndpointRegistry registry,
            RunControls controls,
            Attempts attempts,
            EndpointJudge judge,
            Settlement settlement,
            CircuitAnnouncements circuits,
            Backlog backlog,
            BacklogThreads threads,
            OrderedConfig config,
            Breaker platformBreaker,
            Duration slowAttempt,
            int slots,
            Executor nextTurn,
            PacedTasks.Timers timers,
            OrderedMetrics metrics,
            AdmissionMetrics admissionMetrics,
            Clock clock) {
        this.registry = registry;
        this.controls = controls;
        this.attempts = attempts;
        this.judge = judge;
        this.settlement = settlement;
        this.circuits = circuits;
        this.backlog = backlog;
        this.threads = threads;
        this.config = config;
        this.limits = new OrderedQueue.Limits(
                config.queueLength(),
                config.queueAge(),
                config.writeBatch(),
                config.readBatch(),
                config.maxBlockedKeys());
        this.platformBreaker = platformBreaker;
        this.slowMicros = TimeUnit.NANOSECONDS.toMicros(slowAttempt.toNanos());
        this.slowSlots = Math.max(1, slots / 2);
        this.freeSlots = slots;
        this.nextTurn = nextTurn;
        this.paced = new PacedTasks<>(timers, this::wake);
        this.metrics = metrics;
        this.admissionMetrics = admissionMetrics;
        this.clock = clock;
    }

    /** Takes a partition; its endpoints are served once it is known what the backlog has of them. */
    void assigned(int number, Worker.Assignment assignment) {
        OrderedPartition partition = new OrderedPartition(number, assignment, config);
        partitions.put(assignment, partition);
        claim(partition);
    }

    /** Takes tasks that have arrived. */
    void accept(List<Worker.Work> batch) {
        Instant now = clock.instant();
        for (Worker.Work work : batch) {
            OrderedPartition partition = partitions.get(work.assignment());
            if (partition == null) {
                continue;
            }
            try {
                accept(partition, work, now);
            } catch (MalformedRecordException e) {
                settlement.setAside(work, e);
            }
        }
        goOn();
    }

    private void accept(OrderedPartition partition, Worker.Work work, Instant now) {
        DeliveryTask read =
                DeliveryTask.read(work.source().headers(), work.source().value());
        if (read.batch() != null || read.awaited() != null) {
            settlement.passOn(work, read);
            return;
        }
        DeliveryTask task = placed(read);
        if (!partition.taken.add(task)) {
            admissionMetrics.twin();
            work.finish();
            return;
        }
        Entry entry = Entry.arrived(work.source().offset(), key(task), task, now, work);
        if (partition.state == State.UNCLAIMED) {
            partition.early.add(entry);
        } else {
            arrive(partition, entry);
        }
    }

    private DeliveryTask placed(DeliveryTask task) {
        if (!Ids.isA(Ids.Kind.WEBHOOK, task.endpointId()) || !Ids.isA(Ids.Kind.TENANT, task.tenantId())) {
            throw new MalformedRecordException("a task whose endpoint or tenant id is none");
        }
        Endpoint endpoint = registry.find(task.endpointId());
        return endpoint == null || task.sequence() != null
                ? task
                : task.inSequence(endpoint.sequenceOf(new EventData(task.data())));
    }

    /** An endpoint that has one order for all has it for what was fanned out when it had one for each key as well. */
    private String key(DeliveryTask task) {
        Endpoint endpoint = registry.find(task.endpointId());
        boolean isWhole = endpoint != null && endpoint.orderingPath() == null;
        return isWhole || task.sequence() == null || task.sequence().key() == null
                ? NO_KEY
                : task.sequence().key();
    }

    private void arrive(OrderedPartition partition, Entry entry) {
        OrderedEndpoint endpoint = partition.endpoints.computeIfAbsent(
                entry.task().endpointId(),
                id -> new OrderedEndpoint(id, partition, OrderedQueue.inMemory(id, limits, partition.read)));
        endpoint.queue.arrive(entry, clock.instant());
        touch(endpoint);
    }

    /** Looks at what has grown old: to be called every {@link #TICK}. */
    void tick() {
        long nowNanos = System.nanoTime();
        Instant now = clock.instant();
        noteSlow(nowNanos);
        for (OrderedPartition partition : List.copyOf(partitions.values())) {
            tick(partition, now, nowNanos);
        }
        judge.sweep();
        waiting = 0;
        blockedKeys = 0;
        int unclaimedNow = 0;
        for (OrderedPartition partition : partitions.values()) {
            unclaimedNow += partition.isServing() ? 0 : 1;
            for (OrderedEndpoint endpoint : partition.endpoints.values()) {
                waiting += endpoint.queue.waiting();
                blockedKeys += endpoint.queue.blockedKeys();
            }
        }
        unclaimed = unclaimedNow;
        goOn();
    }

    private void tick(OrderedPartition partition, Instant now, long nowNanos) {
        if (!partition.assignment.isOwned()) {
            partition.state = State.GONE;
            partitions.remove(partition.assignment);
            return;
        }
        if (!partition.assignment.mayBegin()) {
            leave(partition);
            return;
        }
        if (partition.state == State.UNCLAIMED) {
            claim(partition);
        } else if (partition.state == State.FENCED) {
            reclaim(partition);
        } else {
            long readTo = partition.assignment.readTo();
            // In the next turn, because what was read up to there may have been handed on only just now.
            nextTurn.execute(() -> partition.endpoints.values().forEach(endpoint -> endpoint.queue.readTo(readTo)));
            for (OrderedEndpoint endpoint : List.copyOf(partition.endpoints.values())) {
                tick(endpoint, now, nowNanos);
            }
        }
    }

    private void tick(OrderedEndpoint endpoint, Instant now, long nowNanos) {
        if (endpoint.queue.isIdle()) {
            if (endpoint.lane.isIdleSince(nowNanos - IDLE_KEPT.toNanos(), now)) {
                endpoint.partition.endpoints.remove(endpoint.id);
            }
            return;
        }
        unparkIfChanged(endpoint);
        spillIfDue(endpoint, now);
        endpoint.queue.unblock(now);
        touch(endpoint);
    }

    private void noteSlow(long nowNanos) {
        for (Flight flight : flights) {
            long ageMicros = TimeUnit.NANOSECONDS.toMicros(nowNanos - flight.beganNanos);
            if (ageMicros < slowMicros) {
                return;
            }
            if (flight.isSlow) {
                flight.endpoint.lane.grew(ageMicros);
            } else {
                flight.isSlow = true;
                slowInFlight++;
                flight.endpoint.lane.slowed(ageMicros);
            }
        }
    }

    int inFlight() {
        return inFlight;
    }

    int waiting() {
        return waiting;
    }

    int blockedKeys() {
        return blockedKeys;
    }

    int unclaimed() {
        return unclaimed;
    }

    // What the partition is to this instance.

    private void claim(OrderedPartition partition) {
        if (!partition.mayAsk() || !partition.assignment.isCertain() || !claiming.add(partition.number)) {
            return;
        }
        threads.ask(
                () -> backlog.claim(partition.number),
                claimed -> {
                    claiming.remove(partition.number);
                    if (partition.state == State.UNCLAIMED && partition.assignment.mayBegin()) {
                        serve(partition, claimed);
                    }
                },
                error -> {
                    claiming.remove(partition.number);
                    noteUnanswered(partition, "claimed", error);
                },
                nextTurn);
    }

    private void serve(OrderedPartition partition, Backlog.Claimed claimed) {
        partition.answered();
        partition.epoch = claimed.epoch();
        partition.state = State.SERVING;
        LOG.debugf(
                "partition of ordered deliveries claimed: partition=%d epoch=%d endpoints_in_backlog=%d",
                partition.number, partition.epoch, claimed.lastOffsets().size());
        claimed.lastOffsets()
                .forEach((id, lastOffset) -> partition.endpoints.put(
                        id,
                        new OrderedEndpoint(
                                id, partition, OrderedQueue.inBacklog(id, limits, partition.read, lastOffset))));
        List<Entry> early = List.copyOf(partition.early);
        partition.early.clear();
        early.forEach(entry -> arrive(partition, entry));
        partition.endpoints.values().forEach(this::touch);
        goOn();
    }

    /** Nothing that is known here of the partition counts any more; none of its records is acknowledged for it. */
    private void fence(OrderedPartition partition) {
        if (partition.isServing()) {
            partition.state = State.FENCED;
        }
    }

    /**
     * It is here after all: whoever claimed it before this instance did, or was stopped in the middle of that, does not own it any more. What
     * is not acknowledged begins anew.
     */
    private void reclaim(OrderedPartition partition) {
        if (partition.unsettled > 0 || partition.isWriting || partition.reading > 0 || !partition.mayAsk()) {
            return;
        }
        for (OrderedEndpoint endpoint : partition.endpoints.values()) {
            partition.early.addAll(endpoint.queue.dissolve());
        }
        partition.early.sort(Comparator.comparingLong(Entry::offset));
        OrderedPartition anew = new OrderedPartition(partition.number, partition.assignment, config);
        partition.early.forEach(entry ->
                anew.early.add(Entry.arrived(entry.offset(), entry.key(), entry.task(), entry.since(), entry.work())));
        partition.letAllGo();
        partition.state = State.GONE;
        partitions.put(partition.assignment, anew);
        claim(anew);
    }

    /** Leaves to the next owner what has not begun. */
    private void leave(OrderedPartition partition) {
        partition.early.forEach(OrderedLoop::release);
        partition.early.clear();
        for (OrderedEndpoint endpoint : partition.endpoints.values()) {
            endpoint.queue.withdraw().forEach(OrderedLoop::release);
            noteDirty(endpoint);
        }
    }

    private static void release(Entry entry) {
        if (entry.work() != null) {
            entry.work().release();
        }
    }

    // What is to be done for an endpoint.

    /** Sees to whatever the endpoint's queue wants now. */
    private void touch(OrderedEndpoint endpoint) {
        noteDirty(endpoint);
        if (!endpoint.isAwaitingRead && endpoint.parkedIn == null && endpoint.queue.isToRead()) {
            endpoint.isAwaitingRead = true;
            toRead.add(endpoint);
        }
        standInLine(endpoint);
        Instant next = endpoint.queue.nextUnblock();
        if (next != null) {
            long waitNanos = Duration.between(clock.instant(), next).toNanos();
            wakeAt(endpoint, System.nanoTime() + Math.max(0, waitNanos));
        }
    }

    private void noteDirty(OrderedEndpoint endpoint) {
        if (endpoint.queue.hasWrites()) {
            endpoint.partition.dirty.add(endpoint);
        }
    }

    private void standInLine(OrderedEndpoint endpoint) {
        if (!endpoint.isInLine && !endpoint.isPaused && endpoint.queue.peek() != null) {
            endpoint.isInLine = true;
            line.add(endpoint);
        }
    }

    private void wakeAt(OrderedEndpoint endpoint, long nanos) {
        if (endpoint.wakesAtNanos == OrderedEndpoint.NEVER || nanos - endpoint.wakesAtNanos < 0) {
            endpoint.wakesAtNanos = nanos;
            paced.add(nanos, endpoint);
        }
    }

    private void wake(OrderedEndpoint endpoint) {
        boolean isLate = endpoint.wakesAtNanos == OrderedEndpoint.NEVER;
        if (isLate || System.nanoTime() - endpoint.wakesAtNanos < 0) {
            return; // it has been woken up for that already, or is to be later
        }
        endpoint.wakesAtNanos = OrderedEndpoint.NEVER;
        if (!endpoint.partition.isServing()) {
            return;
        }
        if (endpoint.isPaused && System.nanoTime() - endpoint.pausedUntilNanos >= 0) {
            endpoint.isPaused = false;
        } else if (endpoint.isPaused) {
            wakeAt(endpoint, endpoint.pausedUntilNanos);
        }
        endpoint.queue.unblock(clock.instant());
        touch(endpoint);
        goOn();
    }

    private void pause(OrderedEndpoint endpoint, Duration wait) {
        endpoint.isPaused = true;
        endpoint.pausedUntilNanos = System.nanoTime() + wait.toNanos();
        wakeAt(endpoint, endpoint.pausedUntilNanos);
    }

    /** Writes, reads and begins whatever can be. */
    private void goOn() {
        for (OrderedPartition partition : partitions.values()) {
            write(partition);
        }
        read();
        useFreeSlots();
    }

    // Attempts.

    private void useFreeSlots() {
        if (isHandingOut) {
            return; // an attempt that ended at once has called back from within the loop below
        }
        isHandingOut = true;
        try {
            for (int turns = 0; turns < BEGUN_PER_TURN && freeSlots > 0 && !line.isEmpty(); turns++) {
                OrderedEndpoint endpoint = line.remove();
                endpoint.isInLine = false;
                try {
                    if (endpoint.partition.mayBegin() && beginNext(endpoint)) {
                        standInLine(endpoint);
                    }
                } catch (RuntimeException e) {
                    LOG.errorf(e, "ordered endpoint could not go on and is tried again: endpoint_id=%s", endpoint.id);
                    pause(endpoint, AFTER_ERROR);
                }
            }
        } finally {
            isHandingOut = false;
        }
        if (freeSlots > 0 && !line.isEmpty()) {
            nextTurn.execute(this::useFreeSlots);
        }
    }

    /** Whether the endpoint may be asked again at once. */
    private boolean beginNext(OrderedEndpoint endpoint) {
        Entry next = endpoint.queue.peek();
        if (next == null) {
            return false;
        }
        Endpoint known = registry.find(endpoint.id);
        EndpointRegistration registration = known == null ? null : known.registration();
        if (registration != null && registration.ordered() == null) {
            sendOn(endpoint);
            return true;
        }
        RunControls.Withdrawal withdrawal = controls.withdrawalOf(next.task());
        if (withdrawal != null) {
            drop(endpoint, withdrawal);
            return true;
        }
        if (known == null || registration == null) {
            endpoint.lane.gone();
        } else if (isHeld(known)) {
            park(endpoint, registration);
            return false;
        } else {
            endpoint.lane.follow(registration, registry.sharersWith(registration), endpoint.partition.assignment.age());
            endpoint.lane.announceCircuit(circuits, platformBreaker);
            if (!mayGo(endpoint, registration)) {
                return false;
            }
        }
        begin(endpoint);
        return true;
    }

    private boolean mayGo(OrderedEndpoint endpoint, EndpointRegistration registration) {
        if (endpoint.inFlight >= registration.maxInFlight()) {
            return false; // the end of one of them brings it back
        }
        if (slowInFlight >= slowSlots && endpoint.lane.isSlow(slowMicros)) {
            endpoint.isInLine = true;
            slowLine.add(endpoint);
            return false;
        }
        Rate rate = endpoint.lane.rate();
        if (rate != null && !endpoint.hasSlot) {
            Optional<Duration> wait = rate.take();
            endpoint.hasSlot = wait.isPresent();
            if (wait.isEmpty() || !wait.get().isZero()) {
                pause(endpoint, wait.orElse(Rate.FARTHEST_SLOT));
                return false;
            }
        }
        if (!endpoint.lane.tryBegin()) {
            pause(
                    endpoint,
                    Duration.ofMillis(endpoint.lane.breaker(platformBreaker).openMs()));
            return false;
        }
        return true;
    }

    private void begin(OrderedEndpoint endpoint) {
        endpoint.hasSlot = false;
        Entry entry = take(endpoint);
        Flight flight = new Flight(endpoint, entry);
        flights.add(flight);
        freeSlots--;
        inFlight++;
        endpoint.inFlight++;
        if (endpoint.lane.isSlow(slowMicros)) {
            flight.isSlow = true;
            slowInFlight++;
            endpoint.lane.slowed(0);
        }
        endpoint.lane.began();
        attempts.attempt(entry.task(), attempted -> end(flight, attempted));
    }

    private static Entry take(OrderedEndpoint endpoint) {
        Entry entry = endpoint.queue.take();
        endpoint.partition.unsettled++;
        endpoint.partition.await(entry);
        return entry;
    }

    private void end(Flight flight, Attempts.Attempted attempted) {
        OrderedEndpoint endpoint = flight.endpoint;
        flights.remove(flight);
        freeSlots++;
        inFlight--;
        endpoint.inFlight--;
        if (flight.isSlow) {
            slowInFlight--;
            OrderedEndpoint slow = slowLine.poll();
            if (slow != null) {
                line.add(slow);
            }
        }
        endpoint.lane.ended(attempted.durationMicros(), flight.isSlow, System.nanoTime());
        endpoint.lane.judged(attempted, endpoint.lane.breaker(platformBreaker), clock);
        endpoint.lane.announceCircuit(circuits, platformBreaker);
        if (attempted.outcome() instanceof Outcome.Disabled) {
            settled(endpoint, flight.entry, () -> postpone(endpoint, flight.entry, clock.instant()));
        } else {
            settle(endpoint, flight.entry, attempted);
        }
        touch(endpoint);
        goOn();
    }

    /** Whatever is wrong with one delivery, the loop goes on, and the delivery is not lost. */
    private void settle(OrderedEndpoint endpoint, Entry entry, Attempts.Attempted attempted) {
        try {
            settle(endpoint, entry, judge.judge(endpoint.partition.assignment, attempted));
        } catch (RuntimeException e) {
            LOG.errorf(
                    e, "attempt not settled: delivery_id=%s", attempted.task().deliveryId());
            settled(
                    endpoint,
                    entry,
                    () -> postpone(endpoint, entry, clock.instant().plus(AFTER_ERROR)));
        }
    }

    private void settle(OrderedEndpoint endpoint, Entry entry, EndpointJudge.Judgement first) {
        EndpointJudge.Judgement judgement = first;
        Decision decision = settlement.decide(judgement.attempted());
        if (decision instanceof Decision.Dead dead && isToSuspend(endpoint)) {
            judgement = judge.suspend(judgement);
            decision = new Decision.Held(dead.reason());
        }
        Attempts.Attempted attempted = judgement.attempted();
        Instant now = clock.instant();
        Runnable then;
        if (decision instanceof Decision.RetryAt retry) {
            Instant began = attempted.task().firstAttemptAt() == null
                    ? attempted.startedAt()
                    : attempted.task().firstAttemptAt();
            then = () -> tryAgain(endpoint, entry, attempted.task().retry(retry.at(), began));
        } else if (decision instanceof Decision.Held) {
            then = () -> tryAgain(endpoint, entry, attempted.task().newRound(now));
        } else {
            endpoint.queue.goOn(entry);
            then = () -> done(endpoint, entry);
        }
        settlement.settleInPlace(
                attempted,
                decision,
                judgement.verdict(),
                endpoint.partition.assignment.isOwned(),
                () -> nextTurn.execute(() -> {
                    settled(endpoint, entry, then);
                    touch(endpoint);
                    goOn();
                }));
    }

    private boolean isToSuspend(OrderedEndpoint endpoint) {
        Endpoint known = registry.find(endpoint.id);
        EndpointRegistration.Ordered ordered =
                known == null ? null : known.registration().ordered();
        return ordered != null && ordered.suspends();
    }

    /** What came of it is acknowledged. */
    private static void settled(OrderedEndpoint endpoint, Entry entry, Runnable then) {
        endpoint.partition.unsettled--;
        if (endpoint.partition.state != State.GONE) {
            then.run();
        } else if (entry.work() != null) {
            entry.work().finish(); // of a partition that is not here any more: another instance works on it as well
        }
    }

    private void done(OrderedEndpoint endpoint, Entry entry) {
        if (entry.work() != null) {
            entry.work().finish();
        }
        endpoint.queue.done(entry);
    }

    private void tryAgain(OrderedEndpoint endpoint, Entry entry, DeliveryTask next) {
        entry.become(next);
        postpone(endpoint, entry, next.due());
    }

    private void postpone(OrderedEndpoint endpoint, Entry entry, Instant until) {
        Instant now = clock.instant();
        boolean isInMemory = endpoint.queue.postpone(entry, until, now);
        if (isInMemory) {
            endpoint.partition.letGo(entry);
        }
        spillIfDue(endpoint, now);
    }

    private void drop(OrderedEndpoint endpoint, RunControls.Withdrawal why) {
        Entry entry = take(endpoint);
        admissionMetrics.withdrawal();
        endpoint.queue.goOn(entry);
        settlement.drop(entry.task(), why, () -> end(endpoint, entry));
    }

    /** The endpoint is not ordered any more: its deliveries go where those of others are. */
    private void sendOn(OrderedEndpoint endpoint) {
        endpoint.queue.unblockAll();
        Entry entry = take(endpoint);
        metrics.released();
        endpoint.queue.goOn(entry);
        settlement.release(entry.task(), () -> end(endpoint, entry));
    }

    private void end(OrderedEndpoint endpoint, Entry entry) {
        nextTurn.execute(() -> {
            settled(endpoint, entry, () -> done(endpoint, entry));
            touch(endpoint);
            goOn();
        });
    }

    private boolean isHeld(Endpoint endpoint) {
        return registry.isHeld(endpoint) || judge.isHeld(endpoint.registration());
    }

    /** Nothing is sent to it in this state: what waits for it waits in the backlog. */
    private void park(OrderedEndpoint endpoint, EndpointRegistration registration) {
        endpoint.parkedIn = registration;
        endpoint.hasSlot = false;
        spill(endpoint);
    }

    private void unparkIfChanged(OrderedEndpoint endpoint) {
        if (endpoint.parkedIn == null) {
            return;
        }
        Endpoint known = registry.find(endpoint.id);
        if (known == null || known.registration() != endpoint.parkedIn || !isHeld(known)) {
            endpoint.parkedIn = null;
        } else if (System.nanoTime() - endpoint.spillsAgainNanos >= 0) {
            spill(endpoint);
        }
    }

    // The backlog.

    private void spillIfDue(OrderedEndpoint endpoint, Instant now) {
        boolean isTooSoon = endpoint.mayNotSpill && System.nanoTime() - endpoint.spillsAgainNanos < 0;
        if (!isTooSoon && endpoint.queue.isToSpill(now)) {
            spill(endpoint);
        }
    }

    private void spill(OrderedEndpoint endpoint) {
        endpoint.mayNotSpill = false;
        endpoint.queue.spill();
        noteDirty(endpoint);
    }

    private void write(OrderedPartition partition) {
        if (!partition.isServing() || partition.isWriting || partition.dirty.isEmpty() || !partition.mayAsk()) {
            return;
        }
        Map<OrderedEndpoint, Writes> writes = new LinkedHashMap<>();
        int size = 0;
        for (OrderedEndpoint endpoint : List.copyOf(partition.dirty)) {
            if (size >= config.writeBatch()) {
                break;
            }
            partition.dirty.remove(endpoint);
            if (endpoint.queue.hasWrites()) {
                Writes its = endpoint.queue.takeWrites();
                writes.put(endpoint, its);
                size += its.inserts().size()
                        + its.updates().size()
                        + its.deletes().size();
            }
        }
        if (writes.isEmpty()) {
            return;
        }
        partition.isWriting = true;
        List<Writes> all = List.copyOf(writes.values());
        threads.ask(
                () -> backlog.write(partition.number, partition.epoch, all),
                isOurs -> {
                    partition.isWriting = false;
                    partition.answered();
                    if (isOurs) {
                        writes.forEach(this::written);
                    } else {
                        writes.forEach((endpoint, its) -> endpoint.queue.notWritten(its));
                        fence(partition);
                        partition.notAnswered();
                    }
                    goOn();
                },
                error -> {
                    partition.isWriting = false;
                    noteUnanswered(partition, "written", error);
                    writes.forEach(this::notWritten);
                    goOn();
                },
                nextTurn);
    }

    private void written(OrderedEndpoint endpoint, Writes writes) {
        endpoint.queue.written(writes);
        for (Entry entry : writes.inserts()) {
            if (entry.work() != null) {
                entry.work().finish();
            }
        }
        writes.updates().forEach(endpoint.partition::letGo);
        writes.deletes().forEach(endpoint.partition::letGo);
        metrics.spilled(writes.inserts().size());
        if (endpoint.partition.isServing()) {
            touch(endpoint);
        }
    }

    private void notWritten(OrderedEndpoint endpoint, Writes writes) {
        endpoint.queue.notWritten(writes);
        endpoint.mayNotSpill = true;
        endpoint.spillsAgainNanos = System.nanoTime() + SPILL_AGAIN.toNanos();
        touch(endpoint);
    }

    private void read() {
        int left = toRead.size();
        while (left-- > 0
                && reads < MOST_READS
                && bytesRead() < config.maxReadSize().asLongValue()) {
            OrderedEndpoint endpoint = toRead.remove();
            OrderedPartition partition = endpoint.partition;
            if (!partition.isServing()
                    || !partition.assignment.mayBegin()
                    || endpoint.parkedIn != null
                    || !endpoint.queue.isToRead()) {
                endpoint.isAwaitingRead = false;
            } else if (partition.mayAsk()) {
                endpoint.isAwaitingRead = false;
                read(endpoint);
            } else {
                toRead.add(endpoint);
            }
        }
    }

    private long bytesRead() {
        return partitions.values().stream()
                .mapToLong(partition -> partition.read.bytes())
                .sum();
    }

    private void read(OrderedEndpoint endpoint) {
        OrderedPartition partition = endpoint.partition;
        Set<String> excluded = endpoint.queue.beginReading();
        reads++;
        partition.reading++;
        Consumer<Optional<Backlog.Page>> answered = page -> {
            reads--;
            partition.reading--;
            partition.answered();
            if (page.isEmpty()) {
                endpoint.queue.notRead();
                fence(partition);
                partition.notAnswered();
            } else {
                Endpoint known = registry.find(endpoint.id);
                boolean isInHaste = known != null && !known.isOrdered();
                endpoint.queue.read(page.get().rows(), page.get().isAll(), isInHaste, clock.instant());
                touch(endpoint);
            }
            goOn();
        };
        threads.ask(
                () -> backlog.read(
                        partition.number,
                        partition.epoch,
                        endpoint.id,
                        excluded,
                        config.readBatch(),
                        config.readBatchSize().asLongValue()),
                answered,
                error -> {
                    reads--;
                    partition.reading--;
                    endpoint.queue.notRead();
                    noteUnanswered(partition, "read", error);
                    touch(endpoint);
                },
                nextTurn);
    }

    private static void noteUnanswered(OrderedPartition partition, String what, Exception error) {
        partition.notAnswered();
        LOG.warnf(
                "backlog of ordered deliveries not %s, tries again: partition=%d cause=%s",
                what, partition.number, error.getMessage());
    }
}
