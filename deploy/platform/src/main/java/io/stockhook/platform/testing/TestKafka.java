package io.stockhook.platform.testing;

import io.stockhook.platform.KafkaBroker;
import io.stockhook.platform.Ports;
import io.stockhook.platform.Server;
import java.nio.file.Path;
import java.util.List;

/**
 * The broker the tests use.
 *
 * @param bootstrapServers what a client needs to connect
 * @param server the handle by which a test makes an outage
 */
record TestKafka(String bootstrapServers, Server server) {

    /** The optimising compiler costs a broker that lives for a minute more than it gives. */
    private static final List<String> BRIEF_LIFE = List.of("-XX:TieredStopAtLevel=1");

    static TestKafka start() {
        String external = System.getenv("STOCKHOOK_KAFKA_BOOTSTRAP_SERVERS");
        if (external != null) {
            return new TestKafka(external, new ExternalServer("broker"));
        }
        return TestPlatform.wantsContainers() ? Containers.kafka() : embedded();
    }

    private static TestKafka embedded() {
        Path directory = TemporaryDirectory.create("kafka");
        KafkaBroker broker = new KafkaBroker(directory, Ports.free(), Ports.free(), BRIEF_LIFE);
        TemporaryDirectory.deleteAtExit(directory, broker);
        broker.start();
        return new TestKafka(broker.bootstrapServers(), broker);
    }
}
