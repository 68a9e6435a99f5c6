package io.stockhook.delivery.circuit;

import io.stockhook.delivery.circuit.CircuitState.State;
import io.stockhook.delivery.stream.ReliableSender;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Says what becomes of the circuits that this instance owns. Thread-safe; never blocks. */
public final class CircuitAnnouncements {

    private final Circuits known;
    private final ReliableSender sender;
    private final Clock clock;

    /** @param known what has been said, of former owners too */
    public CircuitAnnouncements(Circuits known, ReliableSender sender, Clock clock) {
        this.known = known;
        this.sender = sender;
        this.clock = clock;
    }

    /** What has been said of an endpoint, or of a part of it, last, by whomever. */
    public State lastSaidOf(String part) {
        CircuitState state = known.ofPart(part);
        return state == null ? State.CLOSED : state.state();
    }

    /**
     * Says how a circuit stands from now on.
     *
     * @param part the endpoint's id, or a key that begins with it where it has several owners
     * @param openFor how long one that opens lets no attempt through
     */
    public void say(String part, State state, Duration openFor) {
        Instant now = clock.instant();
        sender.send(
                state == State.CLOSED
                        ? CircuitState.closed(part)
                        : new CircuitState(part, state, now, state == State.OPEN ? now.plus(openFor) : null).toRecord(),
                () -> {});
    }
}
