package io.stockhook.platform.testing;

import io.stockhook.platform.Database;
import io.stockhook.platform.DatabaseAdmin;
import io.stockhook.platform.Server;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

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

    private TestPlatform() {}

    /** What a Kafka client needs to connect. */
    public static String bootstrapServers() {
        return SharedServers.get().bootstrapServers();
    }

    /** The broker, to be taken away and brought back. A test that does so starts it again whatever happens. */
    public static Server kafka() {
        return SharedServers.get().kafka();
    }

    /** The database server, to be taken away and brought back. A test that does so starts it again whatever happens. */
    public static Server postgres() {
        return SharedServers.get().postgres();
    }

    /** A new, empty database owned by the service's role, which is not a superuser. */
    public static Database freshDatabase(String service) {
        String suffix = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        DatabaseAdmin admin = new DatabaseAdmin(SharedServers.get().administration());
        return admin.ensure(service + "_" + suffix, service, ROLE_PASSWORD);
    }

    /** Asked here and not in {@link Containers}, which cannot even be loaded where Testcontainers is absent. */
    static boolean wantsContainers() {
        return "containers".equals(System.getProperty("stockhook.platform"));
    }
}
