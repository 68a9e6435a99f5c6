package io.stockhook.delivery.ordered;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.delivery.Tasks;
import io.stockhook.delivery.ordered.OrderedQueue.Writes;
import io.stockhook.events.delivery.DeliveryTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/**
 * Any course that an ordered endpoint's deliveries can take: arrivals, attempts that end in any order and way, a backlog that takes what it is
 * given or not or without an answer, and owners that end in the middle of anything.
 */
class OrderedQueueProperties {

    private static final OrderedQueue.Limits LIMITS = new OrderedQueue.Limits(4, Duration.ofSeconds(5), 3, 4, 3);

    @Property(tries = 3_000)
    void firstReceiptsOfAKeyAreInOrderAndNoneIsLost(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 30) int events,
            @ForAll @IntRange(min = 1, max = 5) int keys) {
        Model model = new Model(seed, events, keys);

        model.run();

        assertThat(model.received).hasSize(events);
        assertThat(model.inversions).isEmpty();
    }

    /** A partition, a backlog, an endpoint, and one owner after the other. */
    private static final class Model {
        private static final int STEPS = 400;
        private static final int MOST_STEPS_TO_THE_END = 5_000;

        private final Random random;
        private final List<String> log = new ArrayList<>();
        private final Set<Long> acknowledged = new HashSet<>();
        private final TreeMap<Long, DeliveryTask> backlog = new TreeMap<>();
        private final TreeSet<Long> received = new TreeSet<>();
        private final List<String> inversions = new ArrayList<>();

        private Instant now = Tasks.EVENT_TIME;
        private OrderedQueue queue = OrderedQueue.inMemory("wh_1", LIMITS, new OrderedQueue.Budget());
        private int position;
        private final List<Entry> underWay = new ArrayList<>();
        private final List<Runnable> settling = new ArrayList<>();
        private @Nullable Writes writes;
        private @Nullable List<Entry> page;
        private boolean isPageAll;
        private boolean mayFail = true;

        Model(long seed, int events, int keys) {
            random = new Random(seed);
            for (int i = 0; i < events; i++) {
                log.add("key" + random.nextInt(keys));
            }
        }

        void run() {
            for (int i = 0; i < STEPS; i++) {
                step(random.nextInt(13));
            }
            mayFail = false;
            for (int i = 0; received.size() < log.size() && i < MOST_STEPS_TO_THE_END; i++) {
                step(random.nextInt(10));
            }
        }

        private void step(int what) {
            switch (what) {
                case 0, 1 -> arrive();
                case 2 -> begin();
                case 3 -> end();
                case 4 -> settle();
                case 5 -> spill();
                case 6 -> write();
                case 7 -> answerWrite();
                case 8 -> read();
                case 9 -> pass();
                case 10 -> queue.spill();
                case 11 -> step(random.nextInt(10));
                default -> crash();
            }
        }

        private void arrive() {
            while (position < log.size() && acknowledged.contains((long) position)) {
                position++;
            }
            if (position < log.size()) {
                DeliveryTask task = Tasks.of("evt_" + position, 1, Tasks.EVENT_TIME);
                queue.arrive(Entry.arrived(position, log.get(position), task, now, null), now);
                position++;
            }
            queue.readTo(position == log.size() ? Long.MAX_VALUE : position);
        }

        private void begin() {
            if (queue.peek() != null && underWay.size() < 3) {
                underWay.add(queue.take());
            }
        }

        private void end() {
            if (underWay.isEmpty()) {
                return;
            }
            Entry entry = underWay.remove(random.nextInt(underWay.size()));
            boolean isReceived = !mayFail || random.nextInt(3) > 0;
            if (isReceived) {
                receive(entry);
                queue.goOn(entry);
                settling.add(() -> {
                    if (!entry.isStored()) {
                        acknowledged.add(entry.offset());
                    }
                    queue.done(entry);
                });
            } else {
                settling.add(() -> {
                    Instant due = now.plusMillis(random.nextInt(5_000));
                    entry.become(entry.task().retry(due, now));
                    queue.postpone(entry, due, now);
                });
            }
        }

        private void receive(Entry entry) {
            if (received.add(entry.offset())) {
                for (long before = 0; before < entry.offset(); before++) {
                    if (log.get((int) before).equals(entry.key()) && !received.contains(before)) {
                        inversions.add(entry.offset() + " before " + before);
                    }
                }
            }
        }

        private void settle() {
            if (!settling.isEmpty()) {
                settling.remove(random.nextInt(settling.size())).run();
            }
        }

        private void spill() {
            if (queue.isToSpill(now)) {
                queue.spill();
            }
        }

        private void write() {
            if (queue.hasWrites()) {
                writes = queue.takeWrites();
            }
        }

        private void answerWrite() {
            Writes answered = writes;
            if (answered == null) {
                return;
            }
            writes = null;
            int outcome = mayFail ? random.nextInt(4) : 3;
            if (outcome != 0) {
                store(answered);
            }
            if (outcome < 2) {
                queue.notWritten(answered);
            } else {
                queue.written(answered);
                answered.inserts().forEach(entry -> acknowledged.add(entry.offset()));
            }
        }

        private void store(Writes written) {
            if (written.clears()) {
                backlog.clear();
            }
            written.inserts().forEach(entry -> backlog.putIfAbsent(entry.offset(), entry.task()));
            written.updates().forEach(entry -> backlog.replace(entry.offset(), entry.task()));
            written.deletes().forEach(entry -> backlog.remove(entry.offset()));
        }

        /** Of what was there at some time between the question and the answer. */
        private void read() {
            if (page == null && queue.isToRead()) {
                Set<String> excluded = queue.beginReading();
                List<Entry> wanted = backlog.entrySet().stream()
                        .filter(row -> !excluded.contains(log.get(row.getKey().intValue())))
                        .map(row ->
                                Entry.stored(row.getKey(), log.get(row.getKey().intValue()), row.getValue()))
                        .toList();
                page = wanted.subList(0, Math.min(wanted.size(), LIMITS.readBatch()));
                isPageAll = wanted.size() < LIMITS.readBatch();
            } else if (page != null) {
                if (mayFail && random.nextInt(5) == 0) {
                    queue.notRead();
                } else {
                    queue.read(page, isPageAll, false, now);
                }
                page = null;
            }
        }

        private void pass() {
            now = now.plusMillis(random.nextInt(2_000));
            queue.unblock(now);
        }

        private void crash() {
            if (random.nextInt(4) > 0) {
                return;
            }
            // What was asked of the backlog may be done there after all, before the next owner may claim it.
            if (writes != null && random.nextBoolean()) {
                store(writes);
            }
            for (Entry entry : underWay) {
                if (random.nextBoolean()) {
                    receive(entry);
                }
            }
            writes = null;
            page = null;
            underWay.clear();
            settling.clear();
            position = 0;
            queue = backlog.isEmpty()
                    ? OrderedQueue.inMemory("wh_1", LIMITS, new OrderedQueue.Budget())
                    : OrderedQueue.inBacklog("wh_1", LIMITS, new OrderedQueue.Budget(), backlog.lastKey());
        }
    }
}
