package io.stockhook.delivery.wheel;

import io.stockhook.delivery.stream.Commits;
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
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Turns the delay ladder: takes tasks out of a tier when they have waited through it, and puts them into a smaller tier or, once due,
 * back on the tasks topic. It never posts.
 *
 * <p>In one tier everything waits equally long, so a partition's head is the first to surface and nothing behind it needs to be held:
 * the memory is that of one poll per partition, however much waits. What surfaces with less than the shortest tier to go waits here,
 * unacknowledged, for that moment; while there is no room for it, its partition waits with it.
 */
public final class Wheel implements Loop {

    /** How many tasks wait here for their moment, and how much they may weigh. */
    static final int MAX_ALMOST_DUE = 20_000;

    static final long MAX_ALMOST_DUE_BYTES = 16 * 1024 * 1024;

    private static final Logger LOG = Logger.getLogger(Wheel.class);
    private static final Duration LONGEST_POLL = Duration.ofMillis(200);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final DelayLadder ladder;
    private final Supplier<? extends Consumer<byte[], byte[]>> consumers;
    private final Supplier<? extends Producer<byte[], byte[]>> producers;
    private final Clock clock;
    private final LoopThread thread;
    /** By how much the most belated task of the last turn missed its moment. */
    private volatile Duration lateness = Duration.ZERO;
    /** When the next of those that wait here has its moment; far away if none waits. */
    private volatile Instant nextMoment = Instant.MAX;

    /** The part of a tier that is one partition. */
    private static final class Lane {
        private final Duration delay;
        private final OffsetLedger ledger;
        private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
        private long noted;
        /** When the head is due, if it has surfaced and there is no room for it among the almost due; else null. */
        private @Nullable Instant stuckUntil;

        Lane(Duration delay, long start) {
            this.delay = delay;
            this.ledger = new OffsetLedger(CommittedOffset.at(start));
            this.noted = start;
        }

        Instant surfacesAt(ConsumerRecord<byte[], byte[]> entry) {
            return Instant.ofEpochMilli(entry.timestamp()).plus(delay);
        }

        /** When something is to be done with the head. */
        Instant momentOf(ConsumerRecord<byte[], byte[]> head) {
            return stuckUntil == null ? surfacesAt(head) : stuckUntil;
        }
    }

    private record AlmostDue(Instant due, Lane lane, ConsumerRecord<byte[], byte[]> entry) {

        int size() {
            return Math.max(0, entry.serializedValueSize());
        }
    }

    private record Sent(Lane lane, long offset, Future<RecordMetadata> acknowledgement) {}

    /**
     * A wheel that is not started yet.
     *
     * @param consumers makes its consumer, anew after an error that costs the old one
     * @param producers makes its producer, likewise; may block
     * @param retryInterval how long it waits before it begins again after an error
     */
    public Wheel(
            DelayLadder ladder,
            Supplier<? extends Consumer<byte[], byte[]>> consumers,
            Supplier<? extends Producer<byte[], byte[]>> producers,
            Duration retryInterval,
            Clock clock) {
        this.ladder = ladder;
        this.consumers = consumers;
        this.producers = producers;
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

    /** By how much the most belated task that was moved last or waits here has missed its moment; zero if none has. */
    public Duration overdue() {
        return longer(lateness, Duration.between(nextMoment, clock.instant()));
    }

    private void run() {
        Producer<byte[], byte[]> producer = producers.get();
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            new Session(consumer, producer).run();
        } finally {
            producer.close(CLOSE_TIMEOUT);
            lateness = Duration.ZERO;
            nextMoment = Instant.MAX;
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** What lasts from one error to the next. */
    private final class Session implements ConsumerRebalanceListener {
        private final Consumer<byte[], byte[]> consumer;
        private final Producer<byte[], byte[]> producer;
        private final Commits commits;
        private final Map<TopicPartition, Lane> lanes = new HashMap<>();
        private final PriorityQueue<AlmostDue> almostDue = new PriorityQueue<>(Comparator.comparing(AlmostDue::due));
        private long almostDueBytes;
        private Duration latest = Duration.ZERO;

        Session(Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer) {
            this.consumer = consumer;
            this.producer = producer;
            this.commits = new Commits("wheel", consumer);
        }

        void run() {
            consumer.subscribe(
                    ladder.tiers().stream().map(DelayLadder.Tier::topic).toList(), this);
            while (thread.isRunning()) {
                turn();
                applyBackPressure();
                take(thread.poll(consumer, untilNextMoment()));
            }
            commits.handOver(consumer.assignment());
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
        private void turn() {
            Instant now = clock.instant();
            latest = Duration.ZERO;
            List<Sent> sends = new ArrayList<>();
            sendDue(now, sends);
            for (Lane lane : lanes.values()) {
                surface(lane, now, sends);
            }
            for (Sent sent : sends) {
                thread.await(sent.acknowledgement());
                sent.lane().ledger.finish(sent.offset());
            }
            lateness = latest;
            nextMoment = nextMoment();
            commit();
        }

        private void sendDue(Instant now, List<Sent> sends) {
            for (AlmostDue next = almostDue.peek(); next != null && !next.due().isAfter(now); next = almostDue.peek()) {
                almostDue.remove();
                almostDueBytes -= next.size();
                latest = longer(latest, Duration.between(next.due(), now));
                sends.add(send(next.lane(), next.entry(), Topics.TASKS, now));
            }
        }

        private void surface(Lane lane, Instant now, List<Sent> sends) {
            for (ConsumerRecord<byte[], byte[]> head = lane.waiting.peek();
                    head != null && !lane.surfacesAt(head).isAfter(now);
                    head = lane.waiting.peek()) {
                Duration late = Duration.between(lane.momentOf(head), now);
                if (!move(lane, head, now, sends)) {
                    return;
                }
                latest = longer(latest, late);
                lane.stuckUntil = null;
                lane.waiting.remove();
            }
        }

        /** False if it has to stay where it is. */
        private boolean move(Lane lane, ConsumerRecord<byte[], byte[]> entry, Instant now, List<Sent> sends) {
            Instant due;
            try {
                due = DeliveryTask.due(entry.headers());
            } catch (MalformedRecordException e) {
                sends.add(setAside(lane, entry, e, now));
                return true;
            }
            if (!due.isAfter(now)) {
                sends.add(send(lane, entry, Topics.TASKS, now));
                return true;
            }
            Optional<DelayLadder.Tier> tier = ladder.tierFor(Duration.between(now, due));
            if (tier.isPresent()) {
                sends.add(send(lane, entry, tier.get().topic(), now));
                return true;
            }
            AlmostDue soon = new AlmostDue(due, lane, entry);
            if (almostDue.size() >= MAX_ALMOST_DUE || almostDueBytes + soon.size() > MAX_ALMOST_DUE_BYTES) {
                lane.stuckUntil = due;
                return false;
            }
            almostDue.add(soon);
            almostDueBytes += soon.size();
            return true;
        }

        private Sent send(Lane lane, ConsumerRecord<byte[], byte[]> entry, String topic, Instant now) {
            try {
                return send(
                        lane,
                        entry.offset(),
                        new ProducerRecord<>(topic, null, entry.key(), entry.value(), entry.headers()));
            } catch (RecordTooLargeException e) {
                return setAside(lane, entry, e, now);
            }
        }

        private Sent setAside(Lane lane, ConsumerRecord<byte[], byte[]> entry, RuntimeException why, Instant now) {
            LOG.warnf(
                    "set aside a record that cannot be moved: topic=%s partition=%d offset=%d why=%s",
                    entry.topic(), entry.partition(), entry.offset(), why.getMessage());
            return send(lane, entry.offset(), DeadLetter.of(entry, String.valueOf(why.getMessage()), now));
        }

        private Sent send(Lane lane, long offset, ProducerRecord<byte[], byte[]> target) {
            return new Sent(lane, offset, thread.send(producer, target));
        }

        private void commit() {
            lanes.forEach((partition, lane) -> {
                long done = lane.ledger.committable().offset();
                if (done != lane.noted) {
                    lane.noted = done;
                    commits.put(partition, new OffsetAndMetadata(done));
                }
            });
            commits.flush();
        }

        /** A lane with a head that waits reads no further. Decided anew each time: a rebalance forgets what was paused. */
        private void applyBackPressure() {
            List<TopicPartition> paused = new ArrayList<>();
            List<TopicPartition> open = new ArrayList<>();
            for (TopicPartition partition : consumer.assignment()) {
                Lane lane = lanes.get(partition);
                (lane == null || !lane.waiting.isEmpty() ? paused : open).add(partition);
            }
            consumer.pause(paused);
            consumer.resume(open);
        }

        private Instant nextMoment() {
            AlmostDue next = almostDue.peek();
            Instant moment = next == null ? Instant.MAX : next.due();
            for (Lane lane : lanes.values()) {
                ConsumerRecord<byte[], byte[]> head = lane.waiting.peek();
                if (head != null && lane.momentOf(head).isBefore(moment)) {
                    moment = lane.momentOf(head);
                }
            }
            return moment;
        }

        private Duration untilNextMoment() {
            Duration wait = Duration.between(clock.instant(), nextMoment);
            if (wait.isNegative()) {
                return Duration.ZERO;
            }
            return wait.compareTo(LONGEST_POLL) < 0 ? wait.plusMillis(1) : LONGEST_POLL;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> added) {
            for (DelayLadder.Tier tier : ladder.tiers()) {
                added.stream()
                        .filter(partition -> partition.topic().equals(tier.topic()))
                        .forEach(partition -> lanes.put(
                                partition,
                                new Lane(tier.delay(), consumer.position(partition, LoopThread.ANSWER_TIMEOUT))));
            }
            thread.assigned();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            commits.handOver(revoked);
            drop(revoked);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            commits.forget(lost);
            drop(lost);
        }

        private void drop(Collection<TopicPartition> gone) {
            for (TopicPartition partition : gone) {
                Lane lane = lanes.remove(partition);
                almostDue.removeIf(entry -> entry.lane() == lane);
            }
            almostDueBytes = almostDue.stream().mapToLong(AlmostDue::size).sum();
        }
    }
}
