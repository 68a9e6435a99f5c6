package io.stockhook.delivery.circuit;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.stockhook.delivery.stream.StreamClients;
import io.stockhook.events.Topics;
import io.stockhook.events.log.CompactedTopicReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** How every endpoint's circuit stands, whichever instance it belongs to. Thread-safe; a moment behind its owner. */
@ApplicationScoped
public class Circuits {

    private final CircuitTable table = new CircuitTable(Clock.systemUTC());
    private final CompactedTopicReader reader;

    Circuits(StreamClients clients) {
        this.reader = new CompactedTopicReader(Topics.CIRCUITS, clients.settings(), table);
    }

    void start(@Observes StartupEvent event) {
        reader.start();
    }

    void stop(@Observes ShutdownEvent event) {
        reader.close();
    }

    /** How the endpoint's circuit stands; null if it is closed, as far as is known here. */
    public @Nullable CircuitState of(String endpointId) {
        return table.of(endpointId);
    }

    /** How the circuit of a part of an endpoint stands; null if it is closed, as far as is known here. */
    @Nullable
    CircuitState ofPart(String part) {
        return table.ofPart(part);
    }
}
