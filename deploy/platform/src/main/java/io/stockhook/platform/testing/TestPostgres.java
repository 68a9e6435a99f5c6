package io.stockhook.platform.testing;

import io.stockhook.platform.Database;
import io.stockhook.platform.Ports;
import io.stockhook.platform.PostgresServer;
import io.stockhook.platform.Server;
import java.nio.file.Path;

/**
 * The database server the tests use.
 *
 * @param administration a database and a role that may create others
 * @param server the handle by which a test makes an outage
 */
record TestPostgres(Database administration, Server server) {

    static TestPostgres start() {
        String external = System.getenv("STOCKHOOK_POSTGRES_URL");
        if (external != null) {
            Database administration = new Database(
                    external,
                    System.getenv().getOrDefault("STOCKHOOK_POSTGRES_USER", "postgres"),
                    System.getenv().getOrDefault("STOCKHOOK_POSTGRES_PASSWORD", ""));
            return new TestPostgres(administration, new ExternalServer("database server"));
        }
        return TestPlatform.wantsContainers() ? Containers.postgres() : embedded();
    }

    private static TestPostgres embedded() {
        Path directory = TemporaryDirectory.create("postgres");
        PostgresServer server = new PostgresServer(directory, Ports.free(), PostgresServer.Durability.PROCESS);
        TemporaryDirectory.deleteAtExit(directory, server);
        server.start();
        return new TestPostgres(server.administration(), server);
    }
}
