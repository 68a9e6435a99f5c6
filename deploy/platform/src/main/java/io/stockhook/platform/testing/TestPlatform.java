package io.stockhook.platform.testing;

import io.stockhook.platform.Database;
import io.stockhook.platform.Server;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The broker and the database server of this test JVM: started by whoever asks first, shared by all its tests, gone with
 * the JVM.
 *
 * <p>Which ones they are, in this order: external servers that the environment names ({@code
 * STOCKHOOK_KAFKA_BOOTSTRAP_SERVERS}; {@code STOCKHOOK_POSTGRES_URL} with {@code STOCKHOOK_POSTGRES_USER} and {@code
 * STOCKHOOK_POSTGRES_PASSWORD} of an administrator); containers, with the system property {@code
 * stockhook.platform=containers}; embedded ones.
 */
public final class TestPlatform {

    private static final String ROLE_PASSWORD = "only-for-tests";

    /** One for the whole JVM, because a broker for each test class would cost more than all the tests. */
    private static @Nullable TestPlatform shared;

    private final TestKafka kafka;
    private final TestPostgres postgres;

    private TestPlatform(TestKafka kafka, TestPostgres postgres) {
        this.kafka = kafka;
        this.postgres = postgres;
    }

    /** What a Kafka client needs to connect. */
    public static String bootstrapServers() {
        return shared().kafka.bootstrapServers();
    }

    /** The broker, to be taken away and brought back. A test that does so starts it again whatever happens. */
    public static Server kafka() {
        return shared().kafka.server();
    }

    /** The database server, to be taken away and brought back. A test that does so starts it again whatever happens. */
    public static Server postgres() {
        return shared().postgres.server();
    }

    /** A new, empty database owned by the service's role, which is not a superuser. */
    public static Database freshDatabase(String service) {
        String suffix = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        return shared().postgres.admin().ensure(service + "_" + suffix, service, ROLE_PASSWORD);
    }

    private static synchronized TestPlatform shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    private static TestPlatform start() {
        CompletableFuture<TestKafka> kafka = CompletableFuture.supplyAsync(TestKafka::start);
        try {
            TestPostgres postgres = TestPostgres.start();
            return new TestPlatform(kafka.join(), postgres);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
