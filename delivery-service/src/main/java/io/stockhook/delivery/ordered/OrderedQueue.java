package io.stockhook.delivery.ordered;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of one ordered endpoint: which is next, and which of them belong in the backlog. It knows neither Kafka nor PostgreSQL nor
 * HTTP; it is told what has come of each, and says what is to be done. Confined to one event loop.
 *
 * <p>In memory, every delivery that is not done is here. In the backlog, what arrives is written behind what is there, and what is read from
 * there is a beginning of each key's deliveries: a key of which anything is here, or on its way there, is not read. So the next of a key is
 * never overtaken, without anything having to be kept for each of a million keys.
 */
final class OrderedQueue {

    /** A retry that is due sooner is waited for in memory. */
    private static final Duration SHORT_WAIT = Duration.ofSeconds(1);

    /**
     * What it may hold.
     *
     * @param queueLength deliveries that wait in memory before they go to the backlog
     * @param queueAge for how long one waits there before they do
     * @param writeBatch deliveries that are written at once at most
     * @param readBatch deliveries that are read at once at most
     * @param maxBlockedKeys keys that are kept from being read, before none is read any more
     */
    record Limits(int queueLength, Duration queueAge, int writeBatch, int readBatch, int maxBlockedKeys) {}

    /** How much has been read from the backlog and is not done, in bytes, over all queues of a partition. */
    static final class Budget {
        private long bytes;

        long bytes() {
            return bytes;
        }
    }

    /** Where the deliveries are that are not under way. */
    private enum Place {
        MEMORY,
        BACKLOG
    }

    /** The deliveries of one key that are here. */
    private static final class KeyLane {
        private final String key;
        private final Deque<Entry> queue = new ArrayDeque<>();
        /** Deliveries that have left the queue, and of which the broker or the backlog does not know yet what came of them. */
        private int open;

        private boolean isUnderWay;
        private boolean isReady;

        KeyLane(String key) {
            this.key = key;
        }
    }

    private record Blocked(Instant until, String key) {}

    /**
     * What is to be written in one transaction.
     *
     * @param clears whether all that the backlog has of this endpoint goes first: it may be there by a transaction of which no answer came
     */
    record Writes(String endpointId, List<Entry> inserts, List<Entry> updates, List<Entry> deletes, boolean clears) {}

    private final String endpointId;
    private final Limits limits;
    private final Budget budget;
    /** Up to where records may have been left unfinished before deliveries that come after them were written. */
    private final long recoversTo;

    private final Map<String, KeyLane> lanes = new HashMap<>();
    private final Deque<KeyLane> ready = new ArrayDeque<>();
    private final Map<String, Instant> blockedKeys = new HashMap<>();
    private final PriorityQueue<Blocked> blocked = new PriorityQueue<>(Comparator.comparing(Blocked::until));
    private final Deque<Entry> unwritten = new ArrayDeque<>();
    private final List<Entry> updates = new ArrayList<>();
    private final List<Entry> deletes = new ArrayList<>();
    private Place place;
    private @Nullable Writes underWrite;
    private Instant latestBlock = Instant.MIN;
    /** How many wait in lanes without being in the backlog. */
    private int queued;
    /** How many are here that the backlog has as well. */
    private int stored;
    /** How many of those wait in lanes. */
    private int storedQueued;

    private boolean hasReadAll;
    private boolean mayRead;
    private boolean isReading;
    /** While the last of the backlog is being read, nothing is written behind it. */
    private boolean isReadingAll;
    /** Nothing of what went to the backlog is known to be there, so it can come back. */
    private boolean isSpilling;

    private boolean isUncertain;

    private OrderedQueue(String endpointId, Limits limits, Budget budget, Place place, long recoversTo) {
        this.endpointId = endpointId;
        this.limits = limits;
        this.budget = budget;
        this.place = place;
        this.recoversTo = recoversTo;
        this.mayRead = place == Place.BACKLOG;
        this.hasReadAll = place == Place.MEMORY;
    }

    /** Of an endpoint of which the backlog has nothing. */
    static OrderedQueue inMemory(String endpointId, Limits limits, Budget budget) {
        return new OrderedQueue(endpointId, limits, budget, Place.MEMORY, -1);
    }

    /**
     * Of an endpoint of which the backlog has something.
     *
     * @param lastOffset of the last that it has: a record before it may have been under way when the former owner ended, and come first
     */
    static OrderedQueue inBacklog(String endpointId, Limits limits, Budget budget, long lastOffset) {
        return new OrderedQueue(endpointId, limits, budget, Place.BACKLOG, lastOffset);
    }

    /** Takes a delivery that comes after all that came before. */
    void arrive(Entry entry, Instant now) {
        if (place == Place.MEMORY) {
            if (entry.task().due().isAfter(now) && !lanes.containsKey(entry.key())) {
                block(entry.key(), entry.task().due());
            }
            enqueue(entry);
        } else {
            unwritten.add(entry);
        }
    }

    /** Learns that all records before this offset have arrived. */
    void readTo(long offset) {
        hasReadAll |= offset > recoversTo;
    }

    /** The delivery that is next to be attempted; null if there is none. */
    @Nullable
    Entry peek() {
        KeyLane lane = ready.peek();
        return lane == null ? null : lane.queue.peek();
    }

    /** Takes that delivery: it is under way, until it is {@link #goOn passed} or {@link #postpone postponed}. */
    Entry take() {
        KeyLane lane = ready.remove();
        lane.isReady = false;
        lane.isUnderWay = true;
        lane.open++;
        Entry entry = lane.queue.remove();
        noteQueued(entry, -1);
        return entry;
    }

    /** The next of its key may go: this one has been received, or never will be. */
    void goOn(Entry entry) {
        KeyLane lane = lane(entry.key());
        lane.isUnderWay = false;
        makeReady(lane);
    }

    /** All that a delivery gave rise to is acknowledged. */
    void done(Entry entry) {
        if (entry.isStored()) {
            deletes.add(entry);
        } else {
            close(entry);
        }
    }

    /**
     * It is to be attempted again, and none of its key before it.
     *
     * @return whether it waits in memory; else it is to be written
     */
    boolean postpone(Entry entry, Instant until, Instant now) {
        KeyLane lane = lane(entry.key());
        lane.isUnderWay = false;
        if (until.isAfter(now)) {
            block(entry.key(), until);
        }
        if (place == Place.MEMORY) {
            lane.open--;
            lane.queue.addFirst(entry);
            noteQueued(entry, 1);
            makeReady(lane);
            return true;
        }
        forget(lane);
        if (entry.isStored()) {
            updates.add(entry);
        } else {
            entry.holdsKey = true;
            unwritten.addFirst(entry);
        }
        return false;
    }

    /** Whether what waits in memory belongs in the backlog: the first of a key waits for its retry, or it is too many, or for too long. */
    boolean isToSpill(Instant now) {
        return place == Place.MEMORY
                && ((!blockedKeys.isEmpty() && latestBlock.isAfter(now.plus(SHORT_WAIT)))
                        || queued > limits.queueLength()
                        || isOlderThan(now.minus(limits.queueAge())));
    }

    /** Lets all that waits in memory go to the backlog. Does nothing if it is there. */
    void spill() {
        if (place == Place.BACKLOG) {
            return;
        }
        place = Place.BACKLOG;
        isSpilling = stored == 0;
        mayRead = !isSpilling;
        List<Entry> spilled = new ArrayList<>();
        for (Iterator<KeyLane> all = lanes.values().iterator(); all.hasNext(); ) {
            KeyLane lane = all.next();
            for (Entry entry : lane.queue) {
                noteQueued(entry, -1);
                if (!entry.isStored()) {
                    spilled.add(entry);
                } else if (entry.isChanged) {
                    lane.open++;
                    updates.add(entry);
                } else {
                    unload(entry);
                }
            }
            lane.queue.clear();
            lane.isReady = false;
            if (lane.open == 0) {
                all.remove();
            }
        }
        ready.clear();
        spilled.sort(Comparator.comparingLong(Entry::offset));
        unwritten.addAll(spilled);
    }

    /** Whether something is to be written. */
    boolean hasWrites() {
        return underWrite == null
                && ((!unwritten.isEmpty() && !isReadingAll)
                        || !updates.isEmpty()
                        || !deletes.isEmpty()
                        || (isUncertain && place == Place.MEMORY));
    }

    /** Takes what is to be written, to be told {@link #written} or {@link #notWritten}. Only where {@link #hasWrites} says so. */
    Writes takeWrites() {
        List<Entry> inserts = new ArrayList<>();
        while (!isReadingAll && !unwritten.isEmpty() && inserts.size() < limits.writeBatch()) {
            inserts.add(unwritten.remove());
        }
        Writes writes = new Writes(endpointId, inserts, List.copyOf(updates), List.copyOf(deletes), isUncertain);
        updates.clear();
        deletes.clear();
        underWrite = writes;
        return writes;
    }

    /** The backlog has it. */
    void written(Writes writes) {
        underWrite = null;
        isUncertain &= !writes.clears();
        if (!writes.inserts().isEmpty()) {
            isSpilling = false;
            mayRead = true;
        }
        for (Entry entry : writes.inserts()) {
            if (entry.holdsKey) {
                close(entry);
            }
        }
        for (Entry entry : writes.updates()) {
            unload(entry);
            close(entry);
        }
        for (Entry entry : writes.deletes()) {
            unload(entry);
            close(entry);
        }
    }

    /** The backlog may have it or not. What has only just been on its way there is in memory again; the rest is to be written again. */
    void notWritten(Writes writes) {
        underWrite = null;
        for (int i = writes.inserts().size() - 1; i >= 0; i--) {
            unwritten.addFirst(writes.inserts().get(i));
        }
        updates.addAll(writes.updates());
        deletes.addAll(writes.deletes());
        if (isSpilling) {
            comeBack();
        }
    }

    private void comeBack() {
        isSpilling = false;
        isUncertain = true;
        place = Place.MEMORY;
        List<Entry> back = new ArrayList<>(unwritten);
        unwritten.clear();
        back.sort(Comparator.comparingLong(Entry::offset));
        for (Entry entry : back) {
            if (entry.holdsKey) {
                entry.holdsKey = false;
                lane(entry.key()).open--;
            }
            enqueue(entry);
        }
    }

    /** Whether something is to be read. */
    boolean isToRead() {
        return place == Place.BACKLOG
                && mayRead
                && !isReading
                && !isSpilling
                && storedQueued <= limits.readBatch() / 2
                && lanes.size() + blockedKeys.size() < limits.maxBlockedKeys()
                && isRecovered();
    }

    /** The keys of which nothing is to be read. Only where {@link #isToRead} says so; to be told {@link #read} or {@link #notRead}. */
    Set<String> beginReading() {
        Set<String> excluded = new HashSet<>(lanes.keySet());
        excluded.addAll(blockedKeys.keySet());
        isReading = true;
        mayRead = false;
        isReadingAll = excluded.isEmpty() && underWrite == null;
        return excluded;
    }

    /**
     * Takes what was read.
     *
     * @param rows in their order
     * @param isAll whether there is no more, but of the keys that were excluded
     * @param isInHaste whether what is not due is taken as well
     */
    void read(List<Entry> rows, boolean isAll, boolean isInHaste, Instant now) {
        boolean isEmptied = isReadingAll && isAll;
        isReading = false;
        isReadingAll = false;
        mayRead |= !isAll;
        Set<String> notDue = new HashSet<>();
        for (Entry row : rows) {
            if (notDue.contains(row.key())) {
                continue;
            }
            if (row.task().due().isAfter(now) && !isInHaste) {
                notDue.add(row.key());
                block(row.key(), row.task().due());
            } else {
                stored++;
                budget.bytes += row.bytes();
                enqueue(row);
            }
        }
        if (isEmptied && notDue.isEmpty()) {
            place = Place.MEMORY;
            List<Entry> late = new ArrayList<>(unwritten);
            unwritten.clear();
            late.forEach(this::enqueue);
        }
    }

    /** Nothing could be read. */
    void notRead() {
        isReading = false;
        isReadingAll = false;
        mayRead = true;
    }

    /** Lets keys go on whose time has come. */
    void unblock(Instant now) {
        for (Blocked next = blocked.peek(); next != null && !next.until().isAfter(now); next = blocked.peek()) {
            blocked.remove();
            if (blockedKeys.remove(next.key(), next.until())) {
                released(next.key());
            }
        }
    }

    /** Lets all keys go on. */
    void unblockAll() {
        List<String> keys = List.copyOf(blockedKeys.keySet());
        blocked.clear();
        blockedKeys.clear();
        keys.forEach(this::released);
    }

    /** When the next key's time comes; null if none waits for it. */
    @Nullable
    Instant nextUnblock() {
        Blocked next = blocked.peek();
        return next == null ? null : next.until();
    }

    /** Takes out all that is neither under way nor in the backlog nor on its way there, for somebody else to see to. */
    List<Entry> withdraw() {
        List<Entry> withdrawn = new ArrayList<>();
        for (KeyLane lane : lanes.values()) {
            lane.queue.stream().filter(entry -> !entry.isStored()).forEach(withdrawn::add);
            lane.queue.removeIf(entry -> !entry.isStored());
            lane.isReady &= !lane.queue.isEmpty();
        }
        queued = 0;
        ready.removeIf(lane -> !lane.isReady);
        unwritten.stream().filter(entry -> !entry.holdsKey).forEach(withdrawn::add);
        unwritten.removeIf(entry -> !entry.holdsKey);
        return withdrawn;
    }

    /** Takes out all that is neither under way nor in the backlog. It is of no use after that. */
    List<Entry> dissolve() {
        List<Entry> rest = withdraw();
        rest.addAll(unwritten);
        return rest;
    }

    /** Whether nothing would be lost if it were forgotten. */
    boolean isIdle() {
        return place == Place.MEMORY
                && lanes.isEmpty()
                && blockedKeys.isEmpty()
                && unwritten.isEmpty()
                && underWrite == null
                && !isUncertain;
    }

    /** How many deliveries wait in memory whose records are not acknowledged. */
    int waiting() {
        return queued + unwritten.size();
    }

    /** How many keys wait for a retry. */
    int blockedKeys() {
        return blockedKeys.size();
    }

    private boolean isRecovered() {
        if (!hasReadAll) {
            return false;
        }
        Entry first = unwritten.peek();
        boolean isWriting = underWrite != null
                && !underWrite.inserts().isEmpty()
                && underWrite.inserts().get(0).offset() <= recoversTo;
        return !isWriting && (first == null || first.offset() > recoversTo);
    }

    private boolean isOlderThan(Instant limit) {
        for (KeyLane lane : lanes.values()) {
            Entry first = lane.queue.peek();
            if (first != null && !first.isStored() && first.since().isBefore(limit)) {
                return true;
            }
        }
        return false;
    }

    private void enqueue(Entry entry) {
        KeyLane lane = lane(entry.key());
        lane.queue.add(entry);
        noteQueued(entry, 1);
        makeReady(lane);
    }

    private void makeReady(KeyLane lane) {
        if (!lane.isReady && !lane.isUnderWay && !lane.queue.isEmpty() && !blockedKeys.containsKey(lane.key)) {
            lane.isReady = true;
            ready.add(lane);
        }
    }

    private void block(String key, Instant until) {
        blockedKeys.put(key, until);
        blocked.add(new Blocked(until, key));
        latestBlock = until.isAfter(latestBlock) ? until : latestBlock;
        KeyLane lane = lanes.get(key);
        if (lane != null && lane.isReady) {
            lane.isReady = false;
            ready.remove(lane);
        }
    }

    private void released(String key) {
        mayRead = true;
        KeyLane lane = lanes.get(key);
        if (lane != null) {
            makeReady(lane);
        }
    }

    /** What has been read of the key is read again when it goes on: it is in the backlog. */
    private void forget(KeyLane lane) {
        for (Entry entry : lane.queue) {
            noteQueued(entry, -1);
            unload(entry);
        }
        lane.queue.clear();
        lane.isReady = false;
        ready.remove(lane);
    }

    private void close(Entry entry) {
        KeyLane lane = lane(entry.key());
        lane.open--;
        if (lane.open == 0 && lane.queue.isEmpty()) {
            lanes.remove(lane.key);
            mayRead = true;
        }
    }

    private void unload(Entry entry) {
        if (entry.isStored()) {
            stored--;
            budget.bytes -= entry.bytes();
        }
    }

    private void noteQueued(Entry entry, int change) {
        if (entry.isStored()) {
            storedQueued += change;
        } else {
            queued += change;
        }
    }

    private KeyLane lane(String key) {
        return lanes.computeIfAbsent(key, KeyLane::new);
    }
}
