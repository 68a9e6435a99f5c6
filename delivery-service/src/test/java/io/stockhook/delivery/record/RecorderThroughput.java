package io.stockhook.delivery.record;

import static io.stockhook.delivery.testing.AttemptBuilder.attemptOf;

import io.stockhook.events.Ids;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.platform.Database;
import io.stockhook.platform.PostgresServer;
import io.stockhook.platform.PostgresServer.Durability;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/**
 * Measures what the recorder costs: rows a second through one connection, and the processor time of PostgreSQL and of this JVM
 * for each. Prints, asserts nothing. Arguments: batches, rows of a batch.
 */
final class RecorderThroughput {

    private static final int[] ENDPOINTS = {10, 10_000};
    private static final int WARM_UP = 10;

    private RecorderThroughput() {}

    public static void main(String[] arguments) throws Exception {
        int batches = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
        int rows = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4_000;
        Path directory = Files.createTempDirectory("recorder-throughput");
        PostgresServer server = new PostgresServer(directory, freePort(), Durability.DISK);
        server.start();
        try {
            System.out.printf("%10s %12s %22s %16s%n", "endpoints", "rows/s", "postgres us/row", "JVM us/row");
            for (int endpoints : ENDPOINTS) {
                Database database = server.database("delivery_" + endpoints, "delivery");
                measure(server, database, endpoints, batches, rows);
            }
        } finally {
            server.stop();
        }
    }

    private static void measure(PostgresServer server, Database database, int endpoints, int batches, int rows)
            throws Exception {
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.username(), database.password())
                .locations("classpath:db/common", "classpath:db/migration")
                .load()
                .migrate();
        List<Target> targets = Stream.generate(Target::any).limit(endpoints).toList();
        try (Connection connection =
                DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password())) {
            execute(connection, "select create_log_day('" + LocalDate.now(ZoneOffset.UTC) + "')");
            connection.setAutoCommit(false);
            Random random = new Random(1);
            List<List<AttemptTable.Row>> work = new ArrayList<>();
            for (int batch = 0; batch < batches + WARM_UP; batch++) {
                work.add(batch(targets, random, rows));
            }
            AttemptTable table = new AttemptTable();
            Duration postgres = Duration.ZERO;
            long jvm = 0;
            long began = 0;
            for (int batch = 0; batch < work.size(); batch++) {
                if (batch == WARM_UP) {
                    postgres = processorTime(server);
                    jvm = threadTime();
                    began = System.nanoTime();
                }
                execute(connection, "select set_config('stockhook.tenant', '*', true)");
                table.write(connection, work.get(batch));
                connection.commit();
            }
            double count = (double) batches * rows;
            double seconds = (System.nanoTime() - began) / 1e9;
            double postgresMicros = processorTime(server).minus(postgres).toNanos() / 1e3;
            double jvmMicros = (threadTime() - jvm) / 1e3;
            System.out.printf(
                    "%10d %12.0f %22.1f %16.1f%n",
                    endpoints, count / seconds, postgresMicros / count, jvmMicros / count);
        }
    }

    /** One in fifty fails. */
    private static List<AttemptTable.Row> batch(List<Target> targets, Random random, int rows) {
        List<AttemptTable.Row> attempts = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            Target target = targets.get(random.nextInt(targets.size()));
            var attempt = attemptOf(target.tenant()).endpoint(target.endpoint());
            if (random.nextInt(50) == 0) {
                attempt.outcome(500, DeliveryAttempt.Next.RETRY);
            }
            attempts.add(AttemptTable.Row.of(attempt.build()));
        }
        return attempts;
    }

    private record Target(String tenant, String endpoint) {
        static Target any() {
            return new Target(Ids.next(Ids.Kind.TENANT), Ids.next(Ids.Kind.WEBHOOK));
        }
    }

    private static long threadTime() {
        return java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Of all of the server's processes that are running. */
    private static Duration processorTime(PostgresServer server) {
        return server.cpuTime();
    }

    private static void execute(Connection connection, String sql) throws Exception {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
