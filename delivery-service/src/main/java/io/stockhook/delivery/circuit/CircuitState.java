package io.stockhook.delivery.circuit;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.stockhook.events.Json;
import io.stockhook.events.MalformedRecordException;
import io.stockhook.events.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * That an endpoint's circuit is not closed. That it is closed is a tombstone.
 *
 * @param part the record's key: the endpoint's id, with something behind it where the endpoint is spread over several owners, of which each
 *     has a circuit
 * @param state how it stands
 * @param since when that began
 * @param nextProbe when the next attempt is let through at the earliest; null while probes are under way
 */
public record CircuitState(
        String part, State state, Instant since, @Nullable Instant nextProbe) {

    /** For how long an owner that has crashed is believed: longer than any task is put off because of a circuit. */
    static final Duration BELIEVED_FOR = Duration.ofHours(1);

    /** How a circuit stands; what lets least through comes first. */
    public enum State {
        /** No attempt may go. */
        @JsonProperty("open")
        OPEN,
        /** A few attempts may go, to see whether the endpoint is back. */
        @JsonProperty("half_open")
        HALF_OPEN,
        /** Every attempt may go. */
        @JsonProperty("closed")
        CLOSED
    }

    /** Whether it can still be so: a circuit in use has its say again before that, and one that is not is forgotten. */
    boolean isCurrent(Instant now) {
        return (nextProbe == null ? since : nextProbe).plus(BELIEVED_FOR).isAfter(now);
    }

    /** The record on the topic. */
    ProducerRecord<byte[], byte[]> toRecord() {
        return new ProducerRecord<>(Topics.CIRCUITS, key(part), Json.write(this));
    }

    /** The record that says that a circuit is closed. */
    static ProducerRecord<byte[], byte[]> closed(String part) {
        return new ProducerRecord<>(Topics.CIRCUITS, key(part), null);
    }

    /**
     * The state that a record's value holds.
     *
     * @throws MalformedRecordException if it holds none
     */
    @SuppressWarnings("ConstantConditions") // JSON may leave out what the record's type says is there
    static CircuitState read(byte[] value) {
        try {
            CircuitState state = Json.read(value, CircuitState.class);
            if (state.part == null || state.part.isEmpty() || state.state == null || state.since == null) {
                throw new MalformedRecordException("the state of a circuit that is not complete");
            }
            return state;
        } catch (IOException e) {
            throw new MalformedRecordException("the state of a circuit that cannot be read", e);
        }
    }

    private static byte[] key(String part) {
        return part.getBytes(StandardCharsets.UTF_8);
    }
}
