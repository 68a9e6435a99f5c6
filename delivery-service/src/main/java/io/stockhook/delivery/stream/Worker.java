package io.stockhook.delivery.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The loop of what finishes out of order: every record is handed on at once and its offset counts as done when its handler says so.
 * Finished offsets are committed every so often, and with them what is done beyond an unfinished one, see {@link OffsetLedger}.
 *
 * <p>A full instance pauses its partitions and goes on polling, so that the group does not take it for dead.
 */
public final class Worker implements Loop {

    private static final Duration DRAIN_POLL = Duration.ofMillis(5);

    /** Takes records; called on the loop's thread and must not block. */
    @FunctionalInterface
    public interface Handler {

        /** Takes the records of one poll, each with the way to say that it is done. */
        void handle(List<Work> batch);

        /** Learns that a partition has come, before any of its records. It leaves when {@link Assignment#mayBegin} says no. */
        default void assigned(TopicPartition partition, Assignment assignment) {}
    }

    /** One record and its completion: it ends with one call of {@link #finish} or {@link #release}. Thread-safe. */
    public final class Work {
        private final ConsumerRecord<byte[], byte[]> source;
        private final Partition partition;

        private Work(ConsumerRecord<byte[], byte[]> source, Partition partition) {
            this.source = source;
            this.partition = partition;
        }

        /** The record. */
        public ConsumerRecord<byte[], byte[]> source() {
            return source;
        }

        /**
         * Says that everything the record gave rise to is acknowledged. From any thread, once.
         */
        public void finish() {
            partition.ledger.finish(source.offset());
            unfinishedBytes.addAndGet(-size(source));
        }

        /**
         * Whether work that has not begun may still begin. False from the moment on at which the partition is being handed over, or is
         * lost: what has begun is then let end, and what has not is for the next owner.
         */
        public boolean mayBegin() {
            return partition.mayBegin;
        }

        /**
         * Says that nothing was done with the record and nothing will be, so that handing over does not wait for it and the next
         * owner finds it open. Only where {@link #mayBegin} says no; instead of {@link #finish}.
         */
        public void release() {
            partition.ledger.release();
            unfinishedBytes.addAndGet(-size(source));
        }

        /** The stay of the partition during which the record was read. */
        public Assignment assignment() {
            return partition;
        }

        /** Whether this instance still owns the record's partition; if not, another one works on the record as well. */
        public boolean isOwned() {
            return partition.isOwned;
        }
    }

    /** One stay of a partition at this instance. */
    public interface Assignment {

        /** Whether it still lasts. */
        boolean isOwned();

        /** For how long it has lasted. */
        Duration age();

        /** Whether work that has not begun may still begin, see {@link Work#mayBegin}. */
        boolean mayBegin();

        /**
         * Whether this instance has asked the broker so recently that nobody can have taken the partition from it unseen. A process that was
         * stopped and goes on finds no here, until it has asked again.
         */
        boolean isCertain();

        /**
         * All records of the partition before this offset have been handed on, or done before; {@link Long#MAX_VALUE} while there is none that
         * has not.
         */
        long readTo();

        /** Says that something else than a record is under way, which handing over waits for until {@link #end}. */
        void begin();

        /** Says that what {@link #begin began} has ended. */
        void end();

        /** Whether nothing more of the partition is read until some of what is unfinished is done. */
        boolean isHeldUp();

        /** How many of the partition's records are handed on and not done. */
        int unfinished();
    }

    private final class Partition implements Assignment {
        private final OffsetLedger ledger;
        private final AtomicInteger begun = new AtomicInteger();
        private volatile long readTo;
        private final long sinceNanos = System.nanoTime();
        private volatile boolean isOwned = true;
        private volatile boolean mayBegin = true;
        private volatile boolean isHeldUp;
        /** What was last handed on to be committed. */
        private CommittedOffset noted;
        /** So many runs are done beyond an open record that not all can be written beside the commit: read no further. */
        private boolean isTooSpread;

        Partition(CommittedOffset start) {
            this.ledger = new OffsetLedger(start);
            this.noted = start;
            this.readTo = start.offset();
        }

        @Override
        public boolean isOwned() {
            return isOwned;
        }

        @Override
        public Duration age() {
            return Duration.ofNanos(System.nanoTime() - sinceNanos);
        }

        @Override
        public boolean mayBegin() {
            return mayBegin;
        }

        @Override
        public boolean isCertain() {
            long now = System.nanoTime();
            return now - lastPollNanos < config.sessionTimeout().toNanos() && now - certainFromNanos >= 0;
        }

        @Override
        public long readTo() {
            return readTo;
        }

        @Override
        public void begin() {
            begun.incrementAndGet();
        }

        @Override
        public void end() {
            begun.decrementAndGet();
        }

        boolean isBusy() {
            return ledger.unfinished() > 0 || begun.get() > 0;
        }

        @Override
        public boolean isHeldUp() {
            return isHeldUp;
        }

        @Override
        public int unfinished() {
            return ledger.unfinished();
        }

        void leave() {
            mayBegin = false;
        }

        void lose() {
            mayBegin = false;
            isOwned = false;
        }
    }

    private final String name;
    private final Collection<String> topics;
    private final Supplier<? extends Consumer<byte[], byte[]>> consumers;
    private final Handler handler;
    private final StreamConfig config;
    private final LoopThread thread;
    private final Map<TopicPartition, Partition> partitions = new ConcurrentHashMap<>();
    private final AtomicLong unfinishedBytes = new AtomicLong();
    private volatile long lastPollNanos = System.nanoTime();
    /** After a silence in which the group may have given the partitions away, one poll is too few to find out. */
    private volatile long certainFromNanos = System.nanoTime();

    private long lastCommitNanos;

    /**
     * A worker that is not started yet.
     *
     * @param name of its thread and in the logs
     * @param topics what it consumes
     * @param consumers makes its consumer, anew after an error that costs the old one
     */
    public Worker(
            String name,
            Collection<String> topics,
            Supplier<? extends Consumer<byte[], byte[]>> consumers,
            Handler handler,
            StreamConfig config) {
        this.name = name;
        this.topics = List.copyOf(topics);
        this.consumers = consumers;
        this.handler = handler;
        this.config = config;
        this.thread = new LoopThread(name, this::run, config.retryInterval());
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

    /** How many records are handed on and not done. */
    public int unfinished() {
        int sum = 0;
        for (Partition partition : partitions.values()) {
            sum += partition.ledger.unfinished();
        }
        return sum;
    }

    private void run() {
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            Commits commits = new Commits(name, consumer);
            try {
                consumer.subscribe(topics, new Ownership(consumer, commits));
                while (thread.isRunning()) {
                    applyBackPressure(consumer);
                    ConsumerRecords<byte[], byte[]> records = thread.poll(consumer, config.commitInterval());
                    notePoll();
                    handle(records);
                    notePositions(consumer, records);
                    commitIfDue(commits);
                }
                drain(commits, List.copyOf(partitions.keySet()));
            } finally {
                partitions.values().forEach(Partition::lose);
                partitions.clear();
            }
        }
    }

    private void notePoll() {
        long now = System.nanoTime();
        if (now - lastPollNanos >= config.sessionTimeout().toNanos()) {
            certainFromNanos = now + config.sessionTimeout().toNanos() / 5;
        }
        lastPollNanos = now;
    }

    private void handle(ConsumerRecords<byte[], byte[]> records) {
        if (records.isEmpty()) {
            return;
        }
        List<Work> batch = new ArrayList<>(records.count());
        for (TopicPartition topicPartition : records.partitions()) {
            Partition partition = partitions.get(topicPartition);
            if (partition == null) {
                continue;
            }
            for (ConsumerRecord<byte[], byte[]> source : records.records(topicPartition)) {
                if (partition.ledger.take(source.offset())) {
                    unfinishedBytes.addAndGet(size(source));
                    batch.add(new Work(source, partition));
                }
            }
        }
        handler.handle(batch);
    }

    /** After what was read is handed on, so that whoever sees how far that is has it. */
    private void notePositions(Consumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> records) {
        partitions.forEach((topicPartition, partition) -> {
            List<ConsumerRecord<byte[], byte[]>> handedOn = records.records(topicPartition);
            if (consumer.currentLag(topicPartition).orElse(1) == 0) {
                partition.readTo = Long.MAX_VALUE;
            } else if (!handedOn.isEmpty()) {
                partition.readTo = handedOn.get(handedOn.size() - 1).offset() + 1;
            }
        });
    }

    /** Decided anew before each poll, because a rebalance forgets what was paused. */
    private void applyBackPressure(Consumer<byte[], byte[]> consumer) {
        Set<TopicPartition> assigned = consumer.assignment();
        if (assigned.isEmpty()) {
            return;
        }
        boolean isFull = unfinished() >= config.maxUnfinished()
                || unfinishedBytes.get() >= config.maxUnfinishedSize().asLongValue();
        int share = shareOfOne(assigned.size());
        List<TopicPartition> paused = new ArrayList<>();
        List<TopicPartition> open = new ArrayList<>();
        for (TopicPartition topicPartition : assigned) {
            Partition partition = partitions.get(topicPartition);
            boolean isHolding =
                    isFull || partition == null || partition.isTooSpread || partition.ledger.unfinished() >= share;
            if (partition != null) {
                partition.isHeldUp = isHolding;
            }
            (isHolding ? paused : open).add(topicPartition);
        }
        consumer.pause(paused);
        consumer.resume(open);
    }

    /**
     * How much one of so many partitions may hold: twice its part, so that one with a busy endpoint leaves room for the others, and its
     * queue stays so short that what is at its end need not be put off.
     */
    private int shareOfOne(int partitions) {
        return partitions == 1 ? config.maxUnfinished() : config.maxUnfinished() / Math.max(2, partitions / 2);
    }

    private void commitIfDue(Commits commits) {
        long now = System.nanoTime();
        if (now - lastCommitNanos >= config.commitInterval().toNanos()) {
            lastCommitNanos = now;
            noteFinished(commits, partitions.keySet());
            commits.flush();
        }
    }

    private void noteFinished(Commits commits, Collection<TopicPartition> of) {
        for (TopicPartition topicPartition : of) {
            Partition partition = partitions.get(topicPartition);
            if (partition == null) {
                continue;
            }
            CommittedOffset now = partition.ledger.committable();
            if (!now.equals(partition.noted)) {
                partition.noted = now;
                partition.isTooSpread = now.isTooLong();
                commits.put(topicPartition, new OffsetAndMetadata(now.offset(), now.metadata()));
            }
        }
    }

    /** Lets what is under way end for a bounded time and commits, so that the next owner repeats as little as can be. */
    private void drain(Commits commits, Collection<TopicPartition> leaving) {
        for (TopicPartition topicPartition : leaving) {
            Partition partition = partitions.get(topicPartition);
            if (partition != null) {
                partition.leave();
            }
        }
        long deadline = System.nanoTime() + config.drainTimeout().toNanos();
        while (isUnfinished(leaving) && System.nanoTime() < deadline) {
            thread.alive();
            sleepBriefly();
        }
        noteFinished(commits, leaving);
        commits.handOver(leaving);
    }

    private static int size(ConsumerRecord<byte[], byte[]> source) {
        return Math.max(0, source.serializedValueSize());
    }

    private boolean isUnfinished(Collection<TopicPartition> of) {
        for (TopicPartition topicPartition : of) {
            Partition partition = partitions.get(topicPartition);
            if (partition != null && partition.isBusy()) {
                return true;
            }
        }
        return false;
    }

    private static void sleepBriefly() {
        try {
            Thread.sleep(DRAIN_POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Ownership implements ConsumerRebalanceListener {
        private final Consumer<byte[], byte[]> consumer;
        private final Commits commits;

        Ownership(Consumer<byte[], byte[]> consumer, Commits commits) {
            this.consumer = consumer;
            this.commits = commits;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> added) {
            Map<TopicPartition, OffsetAndMetadata> committed =
                    consumer.committed(Set.copyOf(added), LoopThread.ANSWER_TIMEOUT);
            for (TopicPartition partition : added) {
                OffsetAndMetadata offset = committed.get(partition);
                CommittedOffset start = offset == null
                        ? CommittedOffset.at(consumer.position(partition, LoopThread.ANSWER_TIMEOUT))
                        : CommittedOffset.read(offset.offset(), offset.metadata());
                Partition assigned = new Partition(start);
                partitions.put(partition, assigned);
                handler.assigned(partition, assigned);
            }
            thread.assigned();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            drain(commits, revoked);
            forget(revoked);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            commits.forget(lost);
            forget(lost);
        }

        private void forget(Collection<TopicPartition> gone) {
            for (TopicPartition topicPartition : gone) {
                Partition partition = partitions.remove(topicPartition);
                if (partition != null) {
                    partition.lose();
                }
            }
        }
    }
}
