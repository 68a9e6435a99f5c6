package io.stockhook.platform.testing;

import io.stockhook.platform.Database;
import io.stockhook.platform.Server;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The same servers in containers, for machines with a container engine. The engine's reaper removes them after the tests.
 */
final class Containers {

    private static final String KAFKA_IMAGE = "apache/kafka:4.1.1";
    private static final String POSTGRES_IMAGE = "postgres:18";

    private Containers() {}

    static TestKafka kafka() {
        KafkaContainer container = new KafkaContainer(KAFKA_IMAGE)
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
                .withEnv("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000")
                .withEnv("KAFKA_MESSAGE_MAX_BYTES", String.valueOf(2 * 1024 * 1024));
        container.start();
        return new TestKafka(container.getBootstrapServers(), new PausedContainer(container));
    }

    static TestPostgres postgres() {
        PostgreSQLContainer container = new PostgreSQLContainer(POSTGRES_IMAGE);
        container.start();
        Database administration =
                new Database(container.getJdbcUrl(), container.getUsername(), container.getPassword());
        return new TestPostgres(administration, new PausedContainer(container));
    }

    /** An outage by pausing: a container that is stopped would come back on another port. */
    private record PausedContainer(GenericContainer<?> container) implements Server {

        @Override
        public void start() {
            container
                    .getDockerClient()
                    .unpauseContainerCmd(container.getContainerId())
                    .exec();
        }

        @Override
        public void stop() {
            container
                    .getDockerClient()
                    .pauseContainerCmd(container.getContainerId())
                    .exec();
        }

        @Override
        public void kill() {
            stop();
        }
    }
}
