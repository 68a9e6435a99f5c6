package io.stockhook.delivery.record;

import static io.stockhook.delivery.testing.AttemptBuilder.attemptOf;

import io.stockhook.events.Ids;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.platform.Database;
import io.stockhook.platform.Ports;
import io.stockhook.platform.PostgresServer;
import io.stockhook.platform.PostgresServer.Durability;
import java.lang.management.ManagementFactory;
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
 * for each; with and without statistics, which are to cost a tenth at most. Prints, asserts nothing. Arguments: batches, rows of a
 * batch.
 */
final class RecorderThroughput {

    private static final int[] ENDPOINTS = {10, 10_000};
    private static final int WARM_UP = 10;

    private RecorderThroughput() {}

    public static void main(String[] arguments) throws Exception {
        int batches = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
        int rows = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4_000;
        Path directory = Files.createTempDirectory("recorder-throughput");
        PostgresServer server = new PostgresServer(directory, Ports.free(), Durability.DISK);
        server.start();
        try {
            System.out.printf(
                    "%10s %12s %12s %16s %12s%n", "endpoints", "statistics", "rows/s", "postgres us/row", "JVM us/row");
            for (int endpoints : ENDPOINTS) {
                for (boolean counted : new boolean[] {false, true, false, true}) {
                    measure(server, endpoints, counted, batches, rows);
                }
            }
        } finally {
            server.stop();
        }
    }

    private static void measure(PostgresServer server, int endpoints, boolean counted, int batches, int rows)
            throws Exception {
        Database database = server.database("delivery_" + System.nanoTime(), "delivery");
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
            AttemptTable table = counted ? new AttemptTable() : new AttemptTable((same, statistics, now) -> {});
            Duration postgres = Duration.ZERO;
            long jvm = 0;
            long began = 0;
            for (int batch = 0; batch < work.size(); batch++) {
                if (batch == WARM_UP) {
                    postgres = server.cpuTime();
                    jvm = threadTime();
                    began = System.nanoTime();
                }
                execute(connection, "select set_config('stockhook.tenant', '*', true)");
                table.write(connection, work.get(batch));
                connection.commit();
            }
            double count = (double) batches * rows;
            double seconds = (System.nanoTime() - began) / 1e9;
            double postgresMicros = server.cpuTime().minus(postgres).toNanos() / 1e3;
            double jvmMicros = (threadTime() - jvm) / 1e3;
            System.out.printf(
                    "%10d %12s %12.0f %16.1f %12.1f%n",
                    endpoints,
                    counted ? "counted" : "not counted",
                    count / seconds,
                    postgresMicros / count,
                    jvmMicros / count);
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
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void execute(Connection connection, String sql) throws Exception {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
