package io.stockhook.delivery.admission;

import io.github.bucket4j.TimeMeter;
import io.stockhook.delivery.circuit.CircuitAnnouncements;
import io.stockhook.delivery.circuit.CircuitState;
import io.stockhook.delivery.dispatch.Attempts;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EndpointRegistration.Breaker;
import io.stockhook.events.EndpointRegistration.RateLimit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The state of one endpoint, or of one part of an endpoint that is spread over several owners: what is under way, what waits in memory, and how long attempts take. Confined to one event loop.
 *
 * @param <T> what waits
 */
public final class Lane<T> {

    private static final int SMOOTHING = 8;

    private final String endpointId;
    private final Deque<T> queue = new ArrayDeque<>();
    private int cap = 1;
    private int inFlight;
    private int slowInFlight;
    private long latencyMicros;
    private Instant reservedUntil = Instant.EPOCH;
    private long lastUsedNanos;
    private @Nullable EndpointRegistration state;
    private int sharersSeen = 1;
    private @Nullable Rate rate;
    private @Nullable Circuit circuit;
    private long slotMark;
    /** How its circuit stands as far as others were told; null before anybody has looked. */
    private CircuitState.@Nullable State saidOfCircuit;
    /** Whether it stands in one of the lines for a slot. */
    boolean isInLine;

    /** Of an endpoint of which nothing is known. */
    public Lane(String endpointId) {
        this.endpointId = endpointId;
    }

    String endpointId() {
        return endpointId;
    }

    int queued() {
        return queue.size();
    }

    /** Says how many attempts may be under way at once. */
    void cap(int attempts) {
        cap = attempts;
    }

    /**
     * Takes up the state of the endpoint's registration. A new one closes its circuit, and makes slots void that were given away under
     * another limit.
     *
     * @param sharers among how many endpoints the limit of its subscriber is shared out
     * @param ownedFor for how long all of the endpoint's traffic has come here
     */
    public void follow(EndpointRegistration registration, int sharers, Duration ownedFor) {
        if (registration != state) {
            state = registration;
            circuit = null;
            cap = Math.max(1, registration.maxInFlight() / registration.parallelism());
            followRate(RateShares.of(registration, sharers), ownedFor);
        } else if (registration.subscriberRateLimit() != null && sharers != sharersSeen) {
            // What was taken under the former share is not known to the new bucket, so it begins with nothing.
            followRate(RateShares.of(registration, sharers), Duration.ZERO);
        }
        sharersSeen = sharers;
    }

    private void followRate(@Nullable RateLimit limit, Duration ownedFor) {
        if (limit == null) {
            rate = null;
        } else if (rate == null || !rate.isOf(limit)) {
            rate = new Rate(limit, ownedFor, TimeMeter.SYSTEM_NANOTIME);
            slotMark = ThreadLocalRandom.current().nextLong() | 1;
        }
    }

    /** Its endpoint was deleted: nothing is waited for any more, so that what is left finds that out at once. */
    public void gone() {
        state = null;
        rate = null;
        circuit = null;
    }

    /** Its rate; null if it takes as many as come. */
    public @Nullable Rate rate() {
        return rate;
    }

    /** What slots are marked with that are given away here; those of a former owner carry another mark. */
    long slotMark() {
        return slotMark;
    }

    /** Whether its circuit lets every attempt through. */
    boolean isCircuitClosed() {
        return circuit == null || circuit.isClosed();
    }

    /** How its circuit stands. */
    CircuitState.State circuitState() {
        return circuit == null ? CircuitState.State.CLOSED : circuit.state();
    }

    /** Tells others how its circuit stands if they know it otherwise, from here or from a former owner. */
    public void announceCircuit(CircuitAnnouncements circuits, Breaker platform) {
        CircuitState.State now = circuitState();
        if (saidOfCircuit == null) {
            saidOfCircuit = circuits.lastSaidOf(endpointId);
        }
        if (saidOfCircuit != now) {
            saidOfCircuit = now;
            circuits.say(endpointId, now, Duration.ofMillis(breaker(platform).openMs()));
        }
    }

    /** Takes leave of its circuit to make an attempt. */
    public boolean tryBegin() {
        return circuit == null || circuit.tryBegin();
    }

    /** Tells its circuit how an attempt ended. One that never failed has none. */
    public void judged(Attempts.Attempted attempted, Breaker settings, Clock clock) {
        if (circuit == null && settings.isEnabled() && attempted.showsTrouble()) {
            circuit = new Circuit(endpointId, settings, clock);
        }
        if (circuit == null) {
            return;
        }
        if (attempted.saysSomething()) {
            circuit.ended(attempted.showsTrouble(), attempted.durationMicros());
        } else {
            circuit.notMade();
        }
    }

    /** Its own settings of a circuit, or else those of the platform. */
    public Breaker breaker(Breaker platform) {
        return state == null || state.breaker() == null ? platform : state.breaker();
    }

    /** What decisions rest on. */
    Admission.Load load() {
        return new Admission.Load(inFlight, cap, queue.size(), latencyMicros, reservedUntil);
    }

    /** The same for an endpoint that waits with others for the slots that they share. */
    Admission.Load load(int sharedSlots, Instant sharedReservedUntil) {
        return new Admission.Load(inFlight, sharedSlots, queue.size(), latencyMicros, sharedReservedUntil);
    }

    /** Whether its attempts are slow of late. */
    public boolean isSlow(long slowMicros) {
        return slowInFlight > 0 || latencyMicros >= slowMicros;
    }

    /** Whether one of its tasks waits and may go. */
    boolean hasNext() {
        return !queue.isEmpty() && inFlight < cap;
    }

    void reserve(Instant slot) {
        reservedUntil = slot;
    }

    void enqueue(T task) {
        queue.add(task);
    }

    @Nullable
    T first() {
        return queue.poll();
    }

    @Nullable
    T last() {
        return queue.pollLast();
    }

    /** Takes those out of the queue for which this holds, and says how many they were. */
    int removeIf(Predicate<T> isOut) {
        int before = queue.size();
        queue.removeIf(isOut);
        return before - queue.size();
    }

    /** An attempt is under way. */
    public void began() {
        inFlight++;
    }

    /** An attempt under way counts as slow from now on, and has taken so long already. */
    public void slowed(long ageMicros) {
        slowInFlight++;
        grew(ageMicros);
    }

    /** An attempt is still under way after so long: the next will take no less. */
    public void grew(long ageMicros) {
        latencyMicros = Math.max(latencyMicros, ageMicros);
    }

    /**
     * An attempt has ended.
     *
     * @param wasSlow whether it counted as slow, see {@link #slowed}
     */
    public void ended(long durationMicros, boolean wasSlow, long nowNanos) {
        inFlight--;
        if (wasSlow) {
            slowInFlight--;
        }
        latencyMicros = latencyMicros == 0
                ? Math.max(1, durationMicros)
                : Math.max(1, latencyMicros + (durationMicros - latencyMicros) / SMOOTHING);
        lastUsedNanos = nowNanos;
    }

    /** Closes its circuit, because nobody has come for so long that whoever waited for it waits elsewhere, or not at all. */
    void closeCircuit() {
        circuit = null;
    }

    /** Whether nothing is under way or waits here, and no attempt has ended since. */
    boolean isUnusedSince(long nanos) {
        return inFlight == 0 && queue.isEmpty() && lastUsedNanos - nanos < 0;
    }

    /** Whether nothing would be lost if it were forgotten. */
    public boolean isIdleSince(long nanos, Instant now) {
        return isUnusedSince(nanos)
                && reservedUntil.isBefore(now)
                && (rate == null || rate.isFull())
                && (circuit == null || circuit.isClear());
    }
}
