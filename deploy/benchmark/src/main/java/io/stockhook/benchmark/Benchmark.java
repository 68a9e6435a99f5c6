package io.stockhook.benchmark;

import io.stockhook.local.LocalPlatform;
import io.stockhook.platform.Ports;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The command. {@code run [P1] [P2] [P4] [P6] [--fast] [--json FILE]}; without names it runs all experiments.
 */
public final class Benchmark {

    private static final Set<String> EXPERIMENTS = new LinkedHashSet<>(List.of("P1", "P2", "P4", "P6"));
    private static final int PLATFORM_PORTS = 23;
    private static final double TARGET_RATIO = 0.40;

    private Benchmark() {}

    /** The sizes of a run. */
    private record Size(
            int fanOutEvents,
            int singleEvents,
            int runs,
            Duration bareLoop,
            int idleChanges,
            int rate,
            Duration rateFor,
            int tenants) {
        static final Size FULL =
                new Size(40_000, 100_000, 5, Duration.ofSeconds(8), 1_000, 500, Duration.ofMinutes(10), 10_000);
        static final Size FAST =
                new Size(10_000, 50_000, 2, Duration.ofSeconds(4), 200, 50, Duration.ofSeconds(20), 1_000);
    }

    /** Runs the experiments and prints what they gave. */
    public static void main(String[] arguments) {
        int status = 1;
        try {
            measure(arguments);
            status = 0;
        } catch (IOException | SQLException | RuntimeException e) {
            e.printStackTrace();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.exit(status); // Vert.x's threads would keep the process
    }

    private static void measure(String[] arguments) throws IOException, InterruptedException, SQLException {
        Set<String> wanted = new LinkedHashSet<>();
        Size size = Size.FULL;
        Path json = Path.of("benchmark.json");
        var rest = Arrays.asList(arguments).iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            if (argument.equals("--fast")) {
                size = Size.FAST;
            } else if (argument.equals("--json") && rest.hasNext()) {
                json = Path.of(rest.next());
            } else if (EXPERIMENTS.contains(argument)) {
                wanted.add(argument);
            } else {
                System.err.printf(
                        "'%s' is neither an experiment (%s) nor --fast nor --json FILE%n", argument, EXPERIMENTS);
                System.exit(2);
            }
        }
        Report report = run(wanted.isEmpty() ? EXPERIMENTS : wanted, size);
        System.out.println();
        System.out.print(report.table());
        report.writeJson(json);
        System.out.printf("%nThe same as JSON: %s%n", json.toAbsolutePath());
    }

    private static Report run(Set<String> wanted, Size size) throws IOException, InterruptedException, SQLException {
        Path repository = Path.of(System.getProperty("stockhook.home", "."));
        Path directory = Files.createTempDirectory("stockhook-benchmark");
        Report report = new Report();
        report.setting("when", Instant.now().toString());
        report.setting(
                "machine",
                Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.name") + " "
                        + System.getProperty("os.version"));
        report.setting("java", System.getProperty("java.runtime.version"));
        report.setting(
                "delivery-service",
                String.join(" ", DeliveryStack.JVM_FLAGS) + "; P6: " + String.join(" ", Registry.JVM_FLAGS));
        report.setting("event data", Load.BODY_BYTES + " bytes");
        Vertx vertx = Vertx.vertx();
        try {
            if (wanted.contains("P1") || wanted.contains("P2")) {
                throughput(wanted, size, vertx, repository, directory.resolve("throughput"), report);
            }
            if (wanted.contains("P4")) {
                latency(size, vertx, repository, directory.resolve("latency"), report);
            }
            if (wanted.contains("P6")) {
                registry(size, vertx, repository, directory.resolve("registry"), report);
            }
        } catch (IOException | SQLException | RuntimeException e) {
            progress("logs and data of the failed run are in " + directory);
            throw e;
        }
        delete(directory);
        return report;
    }

    private static void throughput(
            Set<String> wanted, Size size, Vertx vertx, Path repository, Path directory, Report report)
            throws IOException, InterruptedException, SQLException {
        Sink sink = Sink.start(vertx);
        progress("bare loop");
        List<Double> bare = new ArrayList<>();
        bare.add(BareLoop.run(vertx, sink, Load.data(), Load.SECRET, size.bareLoop()));
        progress("bare loop: %,.0f requests/s".formatted(bare.get(0)));
        progress("starting broker, database and delivery-service in " + directory);
        try (DeliveryStack stack = new DeliveryStack(repository, directory, DeliveryStack.JVM_FLAGS);
                Load load = new Load(stack.bootstrapServers())) {
            stack.start();
            Throughput throughput = new Throughput(stack, sink, load);
            List<Throughput.Run> fanOut = List.of();
            List<Throughput.Run> single = List.of();
            if (wanted.contains("P1")) {
                progress("P1, %d events to 10 endpoints each, %d runs once warm"
                        .formatted(size.fanOutEvents(), size.runs()));
                fanOut = throughput.fanOut(size.fanOutEvents(), size.runs());
            }
            if (wanted.contains("P2")) {
                progress("P2, %d events to one endpoint each, %d runs once warm"
                        .formatted(size.singleEvents(), size.runs()));
                single = throughput.oneToOne(size.singleEvents(), size.runs());
            }
            progress("bare loop again");
            bare.add(BareLoop.run(vertx, sink, Load.data(), Load.SECRET, size.bareLoop()));
            report.bareLoop(bare);
            if (!fanOut.isEmpty()) {
                report.throughput("P1", "recorded deliveries, 10 endpoints per event", fanOut, TARGET_RATIO);
            }
            if (!single.isEmpty()) {
                report.throughput("P2", "recorded deliveries, one endpoint per event", single, TARGET_RATIO);
            }
        }
    }

    private static void registry(Size size, Vertx vertx, Path repository, Path directory, Report report)
            throws IOException, InterruptedException {
        Sink sink = Sink.start(vertx);
        progress("P6, starting broker and database in " + directory);
        try (DeliveryStack stack = new DeliveryStack(repository, directory, Registry.JVM_FLAGS);
                Load load = new Load(stack.bootstrapServers())) {
            progress("P6, registering %,d endpoints of %,d tenants"
                    .formatted(size.tenants() * Registry.ENDPOINTS_PER_TENANT, size.tenants()));
            Registry registry = new Registry(stack, sink, load, size.tenants());
            registry.measure(report);
        }
    }

    private static void latency(Size size, Vertx vertx, Path repository, Path directory, Report report)
            throws IOException, InterruptedException {
        progress("P4, starting the local platform in " + directory);
        LocalPlatform platform = LocalPlatform.of(repository, directory, Ports.freeRow(PLATFORM_PORTS), System.out);
        platform.start();
        try (Latency latency = new Latency(vertx, platform)) {
            progress("P4, %d changes one at a time".formatted(size.idleChanges()));
            report.latency("product changed to POST received, one at a time", latency.oneAtATime(size.idleChanges()));
            progress("P4, %d changes a second for %d s, twice"
                    .formatted(size.rate(), size.rateFor().toSeconds()));
            latency.atRate(size.rate(), size.rateFor().dividedBy(2)); // warm-up
            report.latency(
                    "product changed to POST received, %d a second for %d s"
                            .formatted(size.rate(), size.rateFor().toSeconds()),
                    latency.atRate(size.rate(), size.rateFor()));
        }
    }

    private static void progress(String what) {
        System.out.println("... " + what);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
