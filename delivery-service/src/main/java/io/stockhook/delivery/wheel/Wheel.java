package io.stockhook.delivery.wheel;

import io.stockhook.delivery.stream.CommittedOffset;
import io.stockhook.delivery.stream.Loop;
import io.stockhook.delivery.stream.LoopThread;
import io.stockhook.delivery.stream.OffsetLedger;
import io.stockhook.events.MalformedRecordException;
import io.stockhook.events.Topics;
import io.stockhook.events.delivery.DeadLetter;
import io.stockhook.events.delivery.DeliveryTask;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Turns the delay ladder: takes tasks out of a tier when they have waited through it, and puts them into a smaller tier or, once due,
 * back on the tasks topic. It never posts.
 *
 * <p>In one tier everything waits equally long, so a partition's head is the first to surface and nothing behind it needs to be held:
 * the memory is that of one poll per partition, however much waits. What surfaces with less than the shortest tier to go waits here,
 * unacknowledged, for that moment.
 */
public final class Wheel implements Loop {

    private static final Logger LOG = Logger.getLogger(Wheel.class);
    private static final Duration LONGEST_POLL = Duration.ofMillis(200);
    private static final int MAX_ALMOST_DUE = 20_000;

    private final DelayLadder ladder;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Producer<byte[], byte[]> producer;
    private final Clock clock;
    private final LoopThread thread;
    private final Map<TopicPartition, Lane> lanes = new HashMap<>();
    private final PriorityQueue<AlmostDue> almostDue = new PriorityQueue<>(Comparator.comparing(AlmostDue::due));
    private volatile Duration overdue = Duration.ZERO;

    /** The part of a tier that is one partition. */
    private static final class Lane {
        private final Duration delay;
        private final OffsetLedger ledger;
        private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
        private long committed;

        Lane(Duration delay, long start) {
            this.delay = delay;
            this.ledger = new OffsetLedger(CommittedOffset.at(start));
            this.committed = start;
        }

        Instant surfacesAt(ConsumerRecord<byte[], byte[]> entry) {
            return Instant.ofEpochMilli(entry.timestamp()).plus(delay);
        }
    }

    private record AlmostDue(Instant due, Lane lane, ConsumerRecord<byte[], byte[]> entry) {}

    private record Sent(Lane lane, long offset, Future<RecordMetadata> acknowledgement) {}

    /**
     * A wheel that is not started yet.
     *
     * @param consumers makes its consumer, anew after an error that costs the old one
     * @param producer where to; may block
     * @param retryInterval how long it waits before it begins again after an error
     */
    public Wheel(
            DelayLadder ladder,
            Supplier<Consumer<byte[], byte[]>> consumers,
            Producer<byte[], byte[]> producer,
            Duration retryInterval,
            Clock clock) {
        this.ladder = ladder;
        this.consumers = consumers;
        this.producer = producer;
        this.clock = clock;
        this.thread = new LoopThread("wheel", this::run, retryInterval);
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop(Duration atMost) {
        thread.stop(atMost);
    }

    @Override
    public Status status() {
        return thread.status();
    }

    /** By how much the most belated task missed its moment at the last turn; zero if none did. */
    public Duration overdue() {
        return overdue;
    }

    private void run() {
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            consumer.subscribe(
                    ladder.tiers().stream().map(DelayLadder.Tier::topic).toList(), new Ownership(consumer));
            while (thread.isRunning()) {
                turn(consumer);
                applyBackPressure(consumer);
                take(thread.poll(consumer, untilNext()));
            }
        } finally {
            lanes.clear();
            almostDue.clear();
        }
    }

    private void take(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            Lane lane = lanes.get(partition);
            if (lane != null) {
                for (ConsumerRecord<byte[], byte[]> entry : records.records(partition)) {
                    if (lane.ledger.take(entry.offset())) {
                        lane.waiting.add(entry);
                    }
                }
            }
        }
    }

    /** Moves all that has surfaced or become due, waits until it is acknowledged, and commits. */
    private void turn(Consumer<byte[], byte[]> consumer) {
        Instant now = clock.instant();
        List<Sent> sends = new ArrayList<>();
        Duration late = Duration.ZERO;
        for (AlmostDue next = almostDue.peek(); next != null && !next.due().isAfter(now); next = almostDue.peek()) {
            almostDue.poll();
            sends.add(send(next.lane(), next.entry(), Topics.TASKS));
        }
        for (Lane lane : lanes.values()) {
            late = longer(late, surface(lane, now, sends));
        }
        overdue = late;
        acknowledge(sends);
        commit(consumer);
    }

    private Duration surface(Lane lane, Instant now, List<Sent> sends) {
        Duration late = Duration.ZERO;
        for (ConsumerRecord<byte[], byte[]> head = lane.waiting.peek();
                head != null && almostDue.size() < MAX_ALMOST_DUE;
                head = lane.waiting.peek()) {
            Instant surfacesAt = lane.surfacesAt(head);
            if (surfacesAt.isAfter(now)) {
                break;
            }
            late = longer(late, Duration.between(surfacesAt, now));
            lane.waiting.poll();
            move(lane, head, now, sends);
        }
        return late;
    }

    private void move(Lane lane, ConsumerRecord<byte[], byte[]> entry, Instant now, List<Sent> sends) {
        Instant due;
        try {
            due = DeliveryTask.due(entry.headers());
        } catch (MalformedRecordException e) {
            LOG.warnf("set aside a record that is no task: topic=%s offset=%d", entry.topic(), entry.offset());
            sends.add(send(lane, entry.offset(), DeadLetter.of(entry, String.valueOf(e.getMessage()), now)));
            return;
        }
        if (!due.isAfter(now)) {
            sends.add(send(lane, entry, Topics.TASKS));
            return;
        }
        Optional<DelayLadder.Tier> tier = ladder.tierFor(Duration.between(now, due));
        if (tier.isPresent()) {
            sends.add(send(lane, entry, tier.get().topic()));
        } else {
            almostDue.add(new AlmostDue(due, lane, entry));
        }
    }

    private Sent send(Lane lane, ConsumerRecord<byte[], byte[]> entry, String topic) {
        return send(
                lane, entry.offset(), new ProducerRecord<>(topic, null, entry.key(), entry.value(), entry.headers()));
    }

    private Sent send(Lane lane, long offset, ProducerRecord<byte[], byte[]> target) {
        return new Sent(lane, offset, producer.send(target));
    }

    private void acknowledge(List<Sent> sends) {
        for (Sent sent : sends) {
            thread.await(sent.acknowledgement());
            sent.lane().ledger.finish(sent.offset());
        }
    }

    private void commit(Consumer<byte[], byte[]> consumer) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        lanes.forEach((partition, lane) -> {
            long done = lane.ledger.committable().offset();
            if (done != lane.committed) {
                lane.committed = done;
                offsets.put(partition, new OffsetAndMetadata(done));
            }
        });
        if (!offsets.isEmpty()) {
            consumer.commitAsync(offsets, (committed, error) -> {
                if (error != null) {
                    LOG.warnf("wheel could not commit, the next commit covers it: %s", error.getMessage());
                }
            });
        }
    }

    /** A lane with a head that waits reads no further. Decided anew each time: a rebalance forgets what was paused. */
    private void applyBackPressure(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> paused = new ArrayList<>();
        List<TopicPartition> open = new ArrayList<>();
        for (TopicPartition partition : consumer.assignment()) {
            Lane lane = lanes.get(partition);
            (lane == null || !lane.waiting.isEmpty() ? paused : open).add(partition);
        }
        consumer.pause(paused);
        consumer.resume(open);
    }

    private Duration untilNext() {
        Instant now = clock.instant();
        Duration wait = LONGEST_POLL;
        AlmostDue next = almostDue.peek();
        if (next != null) {
            wait = shorter(wait, Duration.between(now, next.due()));
        }
        for (Lane lane : lanes.values()) {
            ConsumerRecord<byte[], byte[]> head = lane.waiting.peek();
            if (head != null) {
                wait = shorter(wait, Duration.between(now, lane.surfacesAt(head)));
            }
        }
        return wait.isNegative() ? Duration.ZERO : wait.plusMillis(1);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private final class Ownership implements ConsumerRebalanceListener {
        private final Consumer<byte[], byte[]> consumer;

        Ownership(Consumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> added) {
            for (DelayLadder.Tier tier : ladder.tiers()) {
                added.stream()
                        .filter(partition -> partition.topic().equals(tier.topic()))
                        .forEach(partition ->
                                lanes.put(partition, new Lane(tier.delay(), consumer.position(partition))));
            }
            thread.assigned();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            for (TopicPartition partition : revoked) {
                Lane lane = lanes.remove(partition);
                almostDue.removeIf(entry -> entry.lane() == lane);
            }
        }
    }
}
