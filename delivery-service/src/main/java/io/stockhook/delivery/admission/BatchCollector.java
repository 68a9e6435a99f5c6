package io.stockhook.delivery.admission;

import io.stockhook.delivery.admission.FormingBatch.Limits;
import io.stockhook.delivery.admission.FormingBatch.Reason;
import io.stockhook.delivery.admission.FormingBatch.Weight;
import io.stockhook.delivery.dispatch.BatchParts;
import io.stockhook.delivery.dispatch.Settlement;
import io.stockhook.delivery.registry.Endpoint;
import io.stockhook.delivery.registry.EndpointRegistry;
import io.stockhook.delivery.stream.Worker;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.delivery.DeliveryTask;
import io.stockhook.events.delivery.EventBatch;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Collects on one event loop what endpoints want in batches. A batch that is complete is frozen: it takes the place of its events' tasks on
 * the tasks topic, and only when it is there are those done. What is not frozen is not acknowledged, so whoever owns the endpoint next
 * collects it anew. Confined to its event loop.
 *
 * <p>Memory is bounded by what the worker holds, and by {@value #MOST_HELD_BYTES} bytes of elements, which a template can make many of.
 */
final class BatchCollector {

    /** How many events are put into their format in one turn of the loop, so that attempts under way get theirs. */
    private static final int FORMATTED_PER_TURN = 32;
    /** What elements may weigh that are collected, or frozen and not acknowledged. */
    static final int MOST_HELD_BYTES = 16 * 1024 * 1024;

    private final EndpointRegistry registry;
    private final BatchParts parts;
    private final Settlement settlement;
    private final Predicate<DeliveryLoop.Waiting> isWithdrawn;
    private final Consumer<DeliveryLoop.Waiting> alone;
    private final int loops;
    private final Executor nextTurn;
    private final PacedTasks.Timers timers;
    private final AdmissionMetrics metrics;
    private final Clock clock;
    private final Deque<DeliveryLoop.Waiting> arrived = new ArrayDeque<>();
    private final Map<String, Forming> forming = new HashMap<>();
    /** How many events of each partition are collected here. */
    private final Map<Worker.Assignment, Integer> collected = new HashMap<>();

    private boolean isTurnComing;
    private long heldBytes;
    private volatile int size;

    private record Member(DeliveryLoop.Waiting waiting, EventBatch.Part part, String contentType) {

        Worker.Work work() {
            return waiting.work();
        }

        int bytes() {
            return part.element().length;
        }
    }

    /** The batch of one lane in one state of its webhook; the last event came during that stay of its partition. */
    private static final class Forming {
        private final String lane;
        private final FormingBatch<Member> batch = new FormingBatch<>();
        private final EndpointRegistration since;
        private Worker.Assignment during;
        private boolean isTimerSet;

        Forming(String lane, EndpointRegistration since, Worker.Assignment during) {
            this.lane = lane;
            this.since = since;
            this.during = during;
        }
    }

    /**
     * A collector of nothing yet.
     *
     * @param isWithdrawn ends a task that somebody has taken back, and says whether it did
     * @param alone takes what is to be attempted by itself
     * @param loops over how many event loops each partition's endpoints are spread
     * @param nextTurn runs what it is given in a later turn of the loop; called from any thread
     */
    BatchCollector(
            EndpointRegistry registry,
            BatchParts parts,
            Settlement settlement,
            Predicate<DeliveryLoop.Waiting> isWithdrawn,
            Consumer<DeliveryLoop.Waiting> alone,
            int loops,
            Executor nextTurn,
            PacedTasks.Timers timers,
            AdmissionMetrics metrics,
            Clock clock) {
        this.registry = registry;
        this.parts = parts;
        this.settlement = settlement;
        this.isWithdrawn = isWithdrawn;
        this.alone = alone;
        this.loops = loops;
        this.nextTurn = nextTurn;
        this.timers = timers;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * How the task's endpoint wants its batches; null if the task does not join one. What has been posted by itself already is repeated by
     * itself, with the id that it had, and what cannot be posted at all needs no batch to be told so.
     */
    static EndpointRegistration.@Nullable Batch wanted(DeliveryTask task, @Nullable Endpoint endpoint) {
        boolean mayJoin = task.batch() == null && task.attempt() == 1;
        return mayJoin && endpoint != null && endpoint.registration().isActive()
                ? endpoint.registration().batch()
                : null;
    }

    /** How many events wait here. */
    int size() {
        return size;
    }

    /** Takes a task that joins a batch. */
    void add(DeliveryLoop.Waiting waiting) {
        size++;
        arrived.add(waiting);
        askForTurn();
    }

    /**
     * Notes a batch that has come from the topic. Its events may be here as well, if whoever froze it could not say any more that they were
     * done: they are, with it.
     */
    void comes(DeliveryTask task) {
        EventBatch batch = task.batch();
        if (batch == null || size == 0) {
            return;
        }
        Set<String> frozen = new HashSet<>();
        batch.events().forEach(event -> frozen.add(run(event.deliveryId(), event.run())));
        takeOut(
                waiting -> frozen.contains(
                        run(waiting.task().deliveryId(), waiting.task().run())),
                waiting -> {
                    metrics.twin();
                    waiting.work().finish();
                },
                task.endpointId());
    }

    /** Leaves to the next owner what was collected of a partition that is being handed over. */
    void giveBack() {
        takeOut(waiting -> !waiting.work().mayBegin(), waiting -> waiting.work().release(), null);
    }

    /** Completes what waits for others that cannot come, because it is itself what keeps them from being read: to be called now and then. */
    void relieve() {
        Set<Worker.Assignment> pressed = new HashSet<>();
        collected.forEach((assignment, count) -> {
            // The partition's other endpoints are on other loops: half of this one's share is half of what is
            // unfinished.
            if (assignment.isHeldUp() && 2L * count * loops >= assignment.unfinished()) {
                pressed.add(assignment);
            }
        });
        if (!pressed.isEmpty()) {
            completeThose(one -> pressed.contains(one.during));
        }
    }

    private void askForTurn() {
        if (!isTurnComing) {
            isTurnComing = true;
            nextTurn.execute(this::collectSome);
        }
    }

    private void collectSome() {
        isTurnComing = false;
        for (int i = 0; i < FORMATTED_PER_TURN && !arrived.isEmpty() && heldBytes < MOST_HELD_BYTES; i++) {
            size--;
            collect(arrived.remove());
        }
        relieve();
        if (heldBytes >= MOST_HELD_BYTES) {
            completeThose(one -> true); // and go on when enough of it is acknowledged
        } else if (!arrived.isEmpty()) {
            askForTurn();
        }
    }

    private void collect(DeliveryLoop.Waiting waiting) {
        if (!waiting.work().mayBegin()) {
            waiting.work().release();
            return;
        }
        Endpoint endpoint = registry.find(waiting.task().endpointId());
        EndpointRegistration.Batch wanted = wanted(waiting.task(), endpoint);
        Optional<BatchParts.Formatted> formatted =
                endpoint == null || wanted == null ? Optional.empty() : parts.format(waiting.task(), endpoint);
        if (endpoint == null || wanted == null || formatted.isEmpty()) {
            alone.accept(waiting);
            return;
        }
        EventBatch.Part part = formatted.get().part();
        Weight weight = new Weight(part.element().length, part.weight());
        if (weight.isWithinBounds()) {
            join(
                    new Member(waiting, part, formatted.get().contentType()),
                    weight,
                    endpoint.registration(),
                    Limits.of(wanted));
        } else {
            alone.accept(waiting);
        }
    }

    private void join(Member member, Weight weight, EndpointRegistration registration, Limits limits) {
        Worker.Assignment during = member.work().assignment();
        String lane = DeliveryLoop.laneOf(member.work(), member.waiting().task());
        Forming one = forming.computeIfAbsent(lane, unused -> new Forming(lane, registration, during));
        if (one.since != registration) {
            one.batch.complete(Reason.CHANGE, this::freeze);
            one = new Forming(lane, registration, during); // with a timer of its own: it may have less time
            forming.put(lane, one);
        }
        one.during = during;
        size++;
        heldBytes += member.bytes();
        collected.merge(during, 1, Integer::sum);
        one.batch.add(member, weight, limits, System.nanoTime(), this::freeze);
        awaitTime(one, limits);
    }

    /** One timer for each endpoint, however many batches it fills in the meantime. */
    private void awaitTime(Forming one, Limits limits) {
        if (one.isTimerSet) {
            return;
        }
        if (one.batch.isEmpty()) {
            forming.remove(one.lane, one);
            return;
        }
        one.isTimerSet = true;
        long leftNanos = one.batch.leftNanos(limits, System.nanoTime());
        timers.after(Math.max(1, (leftNanos + 999_999) / 1_000_000), () -> {
            one.isTimerSet = false;
            if (one.batch.leftNanos(limits, System.nanoTime()) <= 0) {
                one.batch.complete(Reason.TIME, this::freeze);
            }
            awaitTime(one, limits);
        });
    }

    private void completeThose(Predicate<Forming> which) {
        for (Forming one : forming.values()) {
            if (which.test(one)) {
                one.batch.complete(Reason.PRESSURE, this::freeze);
            }
        }
    }

    private void freeze(List<Member> members, Reason why) {
        List<EventBatch.Part> frozen = new ArrayList<>(members.size());
        List<Worker.Work> works = new ArrayList<>(members.size());
        long bytes = 0;
        for (Member member : members) {
            leaves(member);
            if (!member.work().mayBegin()) {
                heldBytes -= member.bytes();
                member.work().release();
            } else if (isWithdrawn.test(member.waiting())) {
                heldBytes -= member.bytes();
            } else {
                bytes += member.bytes();
                frozen.add(member.part());
                works.add(member.work());
            }
        }
        if (frozen.isEmpty()) {
            return;
        }
        metrics.batch(why);
        // They are of one state of the webhook, so they have one format.
        DeliveryTask batch = DeliveryTask.batch(frozen, members.get(0).contentType(), clock.instant());
        long freed = bytes;
        settlement.freeze(
                works,
                batch,
                () -> nextTurn.execute(() -> {
                    heldBytes -= freed;
                    if (!arrived.isEmpty()) {
                        askForTurn();
                    }
                }));
    }

    /** @param endpointId of the only endpoint whose batches are looked through; null for all */
    private void takeOut(
            Predicate<DeliveryLoop.Waiting> isOut, Consumer<DeliveryLoop.Waiting> end, @Nullable String endpointId) {
        arrived.removeIf(waiting -> {
            boolean goes = isOut.test(waiting);
            if (goes) {
                size--;
                end.accept(waiting);
            }
            return goes;
        });
        Predicate<Member> isMemberOut = member -> {
            boolean goes = isOut.test(member.waiting());
            if (goes) {
                leaves(member);
                heldBytes -= member.bytes();
                end.accept(member.waiting());
            }
            return goes;
        };
        forming.values().stream()
                .filter(one -> endpointId == null || endpointId.equals(one.since.endpointId()))
                .forEach(one -> one.batch.removeIf(isMemberOut));
    }

    private void leaves(Member member) {
        size--;
        collected.computeIfPresent(member.work().assignment(), (assignment, count) -> count == 1 ? null : count - 1);
    }

    private static String run(String deliveryId, int run) {
        return deliveryId + ' ' + run;
    }
}
