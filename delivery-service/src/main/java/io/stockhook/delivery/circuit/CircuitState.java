package io.stockhook.delivery.circuit;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.stockhook.events.Ids;
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
 * @param endpointId the record's key
 * @param state how it stands
 * @param since when that began
 * @param nextProbe when the next attempt is let through at the earliest; null while probes are under way
 */
public record CircuitState(
        String endpointId,
        State state,
        Instant since,
        @Nullable Instant nextProbe) {

    /** For how long an owner that has crashed is believed: longer than any task is put off because of a circuit. */
    static final Duration BELIEVED_FOR = Duration.ofHours(1);

    /** How a circuit stands. */
    public enum State {
        /** Every attempt may go. */
        @JsonProperty("closed")
        CLOSED,
        /** No attempt may go. */
        @JsonProperty("open")
        OPEN,
        /** A few attempts may go, to see whether the endpoint is back. */
        @JsonProperty("half_open")
        HALF_OPEN
    }

    /** Whether it can still be so: a circuit in use has its say again before that, and one that is not is forgotten. */
    boolean isCurrent(Instant now) {
        return (nextProbe == null ? since : nextProbe).plus(BELIEVED_FOR).isAfter(now);
    }

    /** The record on the topic. */
    ProducerRecord<byte[], byte[]> toRecord() {
        return new ProducerRecord<>(Topics.CIRCUITS, key(endpointId), Json.write(this));
    }

    /** The record that says that an endpoint's circuit is closed. */
    static ProducerRecord<byte[], byte[]> closed(String endpointId) {
        return new ProducerRecord<>(Topics.CIRCUITS, key(endpointId), null);
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
            if (state.endpointId == null
                    || !Ids.isA(Ids.Kind.WEBHOOK, state.endpointId)
                    || state.state == null
                    || state.since == null) {
                throw new MalformedRecordException("the state of a circuit that is not complete");
            }
            return state;
        } catch (IOException e) {
            throw new MalformedRecordException("the state of a circuit that cannot be read", e);
        }
    }

    private static byte[] key(String endpointId) {
        return endpointId.getBytes(StandardCharsets.UTF_8);
    }
}
