package io.stockhook.delivery.admission;

import io.github.bucket4j.TimeMeter;
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
final class Lane<T> {

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
    private @Nullable Rate rate;
    private @Nullable Circuit circuit;
    private long slotMark;
    /** How its circuit stands as far as others were told; null before anybody has looked. */
    CircuitState.@Nullable State saidOfCircuit;
    /** Whether it stands in one of the lines for a slot. */
    boolean isInLine;

    Lane(String endpointId) {
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
     * @param ownedFor for how long all of the endpoint's traffic has come here
     */
    void follow(EndpointRegistration registration, Duration ownedFor) {
        if (registration == state) {
            return;
        }
        state = registration;
        circuit = null;
        cap = Math.max(1, registration.maxInFlight() / registration.parallelism());
        RateLimit limit = shareOf(registration.rateLimit(), registration.parallelism());
        if (limit == null) {
            rate = null;
        } else if (rate == null || !rate.isOf(limit)) {
            rate = new Rate(limit, ownedFor, TimeMeter.SYSTEM_NANOTIME);
            slotMark = ThreadLocalRandom.current().nextLong() | 1;
        }
    }

    /** The part of a limit that one of several owners has: as many requests in as many times the period. */
    private static @Nullable RateLimit shareOf(@Nullable RateLimit limit, int owners) {
        return limit == null || owners == 1
                ? limit
                : new RateLimit(limit.limit(), limit.periodMs() * owners, Math.max(1, limit.burst() / owners));
    }

    /** Its endpoint was deleted: nothing is waited for any more, so that what is left finds that out at once. */
    void gone() {
        state = null;
        rate = null;
        circuit = null;
    }

    /** Its rate; null if it takes as many as come. */
    @Nullable
    Rate rate() {
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

    /** Takes leave of its circuit to make an attempt. */
    boolean tryBegin() {
        return circuit == null || circuit.tryBegin();
    }

    /** Tells its circuit how an attempt ended. One that never failed has none. */
    void judged(Attempts.Attempted attempted, Breaker settings, Clock clock) {
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
    Breaker breaker(Breaker platform) {
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
    boolean isSlow(long slowMicros) {
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

    void began() {
        inFlight++;
    }

    /** An attempt under way counts as slow from now on, and has taken so long already. */
    void slowed(long ageMicros) {
        slowInFlight++;
        grew(ageMicros);
    }

    /** An attempt is still under way after so long: the next will take no less. */
    void grew(long ageMicros) {
        latencyMicros = Math.max(latencyMicros, ageMicros);
    }

    void ended(long durationMicros, boolean wasSlow, long nowNanos) {
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
    boolean isIdleSince(long nanos, Instant now) {
        return isUnusedSince(nanos)
                && reservedUntil.isBefore(now)
                && (rate == null || rate.isFull())
                && (circuit == null || circuit.isClear());
    }
}
