package io.stockhook.delivery.ordered;

import io.stockhook.delivery.admission.RecentTasks;
import io.stockhook.delivery.stream.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One stay of a partition at this instance. Confined to one event loop. */
final class OrderedPartition {

    /** How far it is. */
    enum State {
        /** It is not known yet what the backlog has. */
        UNCLAIMED,
        /** Its endpoints are served. */
        SERVING,
        /** Somebody else has claimed it: nothing here counts any more. */
        FENCED,
        /** It is not here any more. */
        GONE
    }

    final int number;
    final Worker.Assignment assignment;
    final OrderedQueue.Budget read = new OrderedQueue.Budget();
    final RecentTasks taken = new RecentTasks();
    final Map<String, OrderedEndpoint> endpoints = new HashMap<>();
    /** What has arrived before it was claimed. */
    final List<Entry> early = new ArrayList<>();
    /** Endpoints that have something to be written. */
    final Set<OrderedEndpoint> dirty = new LinkedHashSet<>();

    State state = State.UNCLAIMED;
    long epoch;
    /** Deliveries under way, until it is acknowledged what came of them. */
    int unsettled;

    int reading;
    boolean isWriting;
    private int awaited;
    private long againNanos = System.nanoTime();
    private Duration pause;
    private final Duration firstPause;
    private final Duration longestPause;

    OrderedPartition(int number, Worker.Assignment assignment, OrderedConfig config) {
        this.number = number;
        this.assignment = assignment;
        this.firstPause = config.retryInterval();
        this.longestPause = config.maxRetryInterval();
        this.pause = firstPause;
    }

    boolean isServing() {
        return state == State.SERVING;
    }

    /** Handing the partition over waits until the backlog says what came of this delivery. */
    void await(Entry entry) {
        if (entry.isStored() && !entry.isAwaited) {
            entry.isAwaited = true;
            awaited++;
            assignment.begin();
        }
    }

    /** Handing over does not wait for it any more. */
    void letGo(Entry entry) {
        if (entry.isAwaited) {
            entry.isAwaited = false;
            awaited--;
            assignment.end();
        }
    }

    /** Handing over waits for nothing any more. */
    void letAllGo() {
        for (; awaited > 0; awaited--) {
            assignment.end();
        }
    }

    /** Whether an attempt may begin: nobody else can own the partition. */
    boolean mayBegin() {
        return state == State.SERVING && assignment.mayBegin() && assignment.isCertain();
    }

    /** Whether PostgreSQL may be asked now. */
    boolean mayAsk() {
        return System.nanoTime() - againNanos >= 0;
    }

    void answered() {
        pause = firstPause;
    }

    /** PostgreSQL did not answer: it is left alone for longer and longer. */
    void notAnswered() {
        againNanos = System.nanoTime() + pause.toNanos();
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
    }
}
