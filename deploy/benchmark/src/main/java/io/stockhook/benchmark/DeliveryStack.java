package io.stockhook.benchmark;

import io.stockhook.platform.KafkaBroker;
import io.stockhook.platform.Ports;
import io.stockhook.platform.PostgresServer;
import io.stockhook.platform.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What deliveries run on: broker, database and delivery-service as processes, each with the settings of the local platform. */
final class DeliveryStack implements AutoCloseable {

    static final String MASTER_KEYS = "bench:" + Base64.getEncoder().encodeToString(new byte[32]);
    static final List<String> JVM_FLAGS = List.of("-Xmx512m", "-XX:+UseParallelGC");

    private static final Pattern RECORDED = metric("stockhook_recorder_attempts_total");
    private static final Pattern DEFERRALS = metric("stockhook_delivery_deferrals_total");
    private static final Pattern ENDPOINTS = metric("stockhook_registry_endpoints");
    private static final Pattern HEAP =
            Pattern.compile("^jvm_memory_used_bytes\\{area=\"heap\"[^}]*} ([0-9.eE+]+)$", Pattern.MULTILINE);
    private static final Pattern MATCHES = metric("stockhook_fanout_match_duration_seconds_count");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONGEST_START = Duration.ofMinutes(5);

    private final PostgresServer postgres;
    private final KafkaBroker kafka;
    private final ServiceProcess delivery;
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI metrics;

    /** Broker and database run then; delivery-service is yet to be started. */
    DeliveryStack(Path repository, Path directory, List<String> jvmFlags) throws IOException {
        postgres = new PostgresServer(directory.resolve("postgres"), Ports.free(), PostgresServer.Durability.DISK);
        kafka = new KafkaBroker(directory.resolve("kafka"), Ports.free(), Ports.free());
        // A run that is interrupted leaves nothing behind; the other processes end with their parent by themselves.
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::stop));
        postgres.start();
        kafka.start();
        var database = postgres.database("delivery");
        int management = Ports.free();
        metrics = URI.create("http://127.0.0.1:" + management + "/q/metrics");
        delivery = new ServiceProcess(new ServiceProcess.Specification(
                "delivery-service",
                repository.resolve("delivery-service/target/quarkus-app/quarkus-run.jar"),
                Map.of(
                        "quarkus.http.port", String.valueOf(Ports.free()),
                        "quarkus.http.host", "127.0.0.1",
                        "kafka.bootstrap.servers", kafka.bootstrapServers(),
                        "quarkus.datasource.jdbc.url", database.jdbcUrl(),
                        "quarkus.datasource.username", database.username(),
                        "quarkus.datasource.password", database.password(),
                        "stockhook.secrets.master-keys", MASTER_KEYS,
                        "stockhook.address.allowed-ranges", "127.0.0.0/8"),
                jvmFlags,
                management,
                directory.resolve("delivery-service.log")));
    }

    /** Starts delivery-service and says how long it took to be ready. */
    Duration start() {
        long began = System.nanoTime();
        delivery.launch();
        delivery.awaitReady(LONGEST_START);
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** What delivery-service holds in its heap once it has been collected, in bytes. */
    long heldHeap() throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process collect = new ProcessBuilder(jcmd.toString(), String.valueOf(delivery.pid()), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!collect.waitFor(60, TimeUnit.SECONDS) || collect.exitValue() != 0) {
            throw new IOException("the heap of delivery-service could not be collected");
        }
        return read(HEAP);
    }

    /** How many events delivery-service has matched. */
    long matched() throws IOException, InterruptedException {
        return read(MATCHES);
    }

    /** How many events it has matched within a time that is one of the metric's bounds. */
    long matchedWithin(String seconds) throws IOException, InterruptedException {
        return read(Pattern.compile(
                "^stockhook_fanout_match_duration_seconds_bucket\\{le=\"" + Pattern.quote(seconds)
                        + "\"[^}]*} ([0-9.eE+]+)$",
                Pattern.MULTILINE));
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** Attempts whose transaction is committed, as the service counts them. */
    long recorded() throws IOException, InterruptedException {
        return read(RECORDED);
    }

    /** Tasks that the service has put off. */
    long deferrals() throws IOException, InterruptedException {
        return read(DEFERRALS);
    }

    /** Returns once the service holds so many webhooks, from when on it matches events against them. */
    void awaitEndpoints(int count) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (read(ENDPOINTS) < count) {
            if (System.nanoTime() > deadline) {
                throw new IOException("delivery-service has not read %d webhooks within %s".formatted(count, PATIENCE));
            }
            Thread.sleep(50);
        }
    }

    private long read(Pattern metric) throws IOException, InterruptedException {
        String text = http.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher matcher = metric.matcher(text);
        double sum = 0;
        while (matcher.find()) {
            sum += Double.parseDouble(matcher.group(1));
        }
        return (long) sum;
    }

    /** Attempts as the database counts them. */
    long counted() throws SQLException {
        var database = postgres.database("delivery");
        try (var connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                var statement = connection.createStatement()) {
            statement.execute("select set_config('stockhook.tenant', '*', false)");
            try (var row = statement.executeQuery("select count(*) from attempt")) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** The processor time that each part has used so far. */
    Map<String, Duration> cpuTimes() {
        Map<String, Duration> times = new LinkedHashMap<>();
        times.put("delivery-service", delivery.cpuTime());
        times.put("broker", kafka.cpuTime());
        times.put("database", postgres.cpuTime());
        times.put("sink", ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO));
        return times;
    }

    /** Holds the service still, so that events are in Kafka before the first is read; shorter than the session timeout. */
    void suspend() throws IOException, InterruptedException {
        signal("STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(delivery.pid())).start();
        if (!kill.waitFor(5, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new IOException("delivery-service could not be sent SIG" + name);
        }
    }

    private static Pattern metric(String name) {
        return Pattern.compile("^" + name + "(?:\\{[^}]*})? ([0-9.eE+]+)$", Pattern.MULTILINE);
    }

    @Override
    public void close() {
        delivery.stop();
        kafka.stop();
        postgres.stop();
    }
}
