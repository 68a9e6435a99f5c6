package io.stockhook.local;

import io.stockhook.local.frontdoor.Backend;
import io.stockhook.local.frontdoor.FrontDoor;
import io.stockhook.local.frontdoor.RoutingTable;
import io.stockhook.platform.Database;
import io.stockhook.platform.KafkaBroker;
import io.stockhook.platform.PlatformException;
import io.stockhook.platform.Ports;
import io.stockhook.platform.PostgresServer;
import io.stockhook.platform.ServerProcess;
import io.stockhook.platform.ServiceProcess;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Database, broker, services and front door of one machine, started in the order in which they need each other and stopped
 * in the opposite one. Started once; it may be closed from another thread, also while it starts.
 */
public final class LocalPlatform implements AutoCloseable {

    /**
     * Measured on two cores: without the optimising compiler everything is up in half the time and an event is delivered in
     * half the time, because it does not compete with what it compiles. Sustained load is not what this platform is for.
     */
    private static final List<String> BROKER_FLAGS = List.of("-XX:TieredStopAtLevel=1");

    private static final List<String> SERVICE_FLAGS =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError");

    /** Longer than a mock endpoint may hold its answer back. */
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(90);

    private final Path home;
    private final DataDirectory data;
    private final PortPlan ports;
    private final Keys keys;
    private final Console console;
    private final PostgresServer postgres;
    private final KafkaBroker kafka;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CompletableFuture<PlatformException> failure = new CompletableFuture<>();
    /** What is to be closed, the last started first; the parts of one stage are closed side by side. */
    private final Deque<List<? extends AutoCloseable>> stages = new ArrayDeque<>();

    /** Known once the database is up, which gives each service its own. */
    private volatile List<ServiceProcess> services = List.of();

    private boolean closed;

    /**
     * Does not start it.
     *
     * @param home the repository, with the services' packages
     */
    LocalPlatform(Path home, DataDirectory data, PortPlan ports, Keys keys, Console console) {
        this.home = home;
        this.data = data;
        this.ports = ports;
        this.keys = keys;
        this.console = console;
        this.postgres = new PostgresServer(data.postgres(), ports.postgres(), PostgresServer.Durability.DISK);
        this.kafka = new KafkaBroker(data.kafka(), ports.kafka(), ports.kafkaController(), BROKER_FLAGS);
    }

    /**
     * A platform that is not started yet, for tests that want one with everything on it.
     *
     * @param home the repository, with the services' packages
     * @param data where it keeps everything
     * @param port the front door's; the others are counted from it
     * @param out where it tells of its progress
     */
    public static LocalPlatform of(Path home, Path data, int port, PrintStream out) {
        DataDirectory directory = DataDirectory.open(data, Versions.current());
        return new LocalPlatform(home, directory, new PortPlan(port), Keys.of(directory.keys()), new Console(out));
    }

    /** The front door's address. */
    public URI origin() {
        return URI.create("http://localhost:" + ports.frontDoor());
    }

    /**
     * Starts everything and returns once all of it is ready.
     *
     * @throws PlatformException if something is in the way
     */
    public void start() {
        // Of a platform that was killed. Its other processes have ended with it.
        postgres.stopLeftover();
        ports.requireFree();

        beginStage(List.of(postgres, kafka));
        sideBySide(List.of(postgres, kafka), this::startServer);

        services = Arrays.stream(Service.values()).map(this::process).toList();
        beginStage(services);
        sideBySide(services, this::startServer);

        FrontDoor door = new FrontDoor(routes(), index(), SILENCE_LIMIT);
        beginStage(List.of(door));
        timed("front door", () -> door.open(ports.frontDoor()));
    }

    /** The platform administrator's API key. */
    public String adminKey() {
        return keys.adminKey();
    }

    /** The process of this service, {@code delivery-service} for example, to be killed and started again. */
    public ServiceProcess service(String name) {
        return services.stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no service " + name));
    }

    /**
     * A further process of delivery-service, which shares the work with the first. It is not started, and to be closed by whoever asked for it.
     *
     * @param instanceId its name among the processes of the service
     */
    public ServiceProcess furtherDelivery(String instanceId) {
        Map<String, String> settings = new HashMap<>(settings().of(Service.DELIVERY, database(Service.DELIVERY)));
        settings.put("stockhook.stream.instance-id", instanceId);
        settings.put("quarkus.http.port", String.valueOf(Ports.free()));
        return process(Service.DELIVERY, instanceId, settings, Ports.free(), data.log(instanceId));
    }

    /** The broker, to be killed and started again. */
    public ServerProcess broker() {
        return kafka;
    }

    /** The database server of all services, to be killed and started again. */
    public ServerProcess database() {
        return postgres;
    }

    /** Waits for a part to end by itself, for as long as all of them live, and says which. */
    PlatformException awaitFailure() {
        return failure.join();
    }

    /** The addresses worth knowing, a line each. */
    String index() {
        List<String> lines = new ArrayList<>();
        lines.add(line("API", origin() + "/api/v1"));
        for (Service service : Service.values()) {
            lines.add(line(service.fullName(), origin() + service.documentation()));
            lines.add(line("", "http://localhost:%d/q/health".formatted(ports.managementOf(service))));
            lines.add(line("", "http://localhost:%d/q/metrics".formatted(ports.managementOf(service))));
        }
        lines.add(line("Kafka", kafka.bootstrapServers()));
        lines.add(line("PostgreSQL", "127.0.0.1:" + ports.postgres()));
        lines.add(line("Data and logs", data.toString()));
        return String.join("\n", lines) + "\n";
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            console.say("Stopping.");
        }
        closed = true;
        while (!stages.isEmpty()) {
            sideBySide(stages.pop(), this::closePart);
        }
        threads.shutdown();
    }

    private synchronized void beginStage(List<? extends AutoCloseable> parts) {
        if (closed) {
            throw new PlatformException("Stopped before everything was up.");
        }
        stages.push(parts);
    }

    private static String line(String name, String value) {
        return "  %-22s %s".formatted(name, value);
    }

    private void startServer(ServerProcess server) {
        timed(server.name(), server::start);
        server.unexpectedEnd().thenAccept(failure::complete);
    }

    private void timed(String part, Runnable start) {
        long before = System.nanoTime();
        start.run();
        console.ready(part, Duration.ofNanos(System.nanoTime() - before));
    }

    private ServiceProcess process(Service service) {
        return process(
                service,
                service.fullName(),
                settings().of(service, database(service)),
                ports.managementOf(service),
                data.log(service.fullName()));
    }

    private ServiceProcess process(
            Service service, String name, Map<String, String> settings, int managementPort, Path log) {
        return new ServiceProcess(new ServiceProcess.Specification(
                name,
                home.resolve(service.fullName()).resolve("target/quarkus-app/quarkus-run.jar"),
                settings,
                SERVICE_FLAGS,
                managementPort,
                log));
    }

    private ServiceSettings settings() {
        return new ServiceSettings(ports, keys, kafka.bootstrapServers(), "http://127.0.0.1:" + ports.frontDoor());
    }

    private Database database(Service service) {
        return postgres.database(service.shortName());
    }

    private RoutingTable routes() {
        Map<String, Backend> prefixes = new HashMap<>();
        for (Service service : Service.values()) {
            Backend backend = new Backend(service.fullName(), ports.of(service));
            service.prefixes().forEach(prefix -> prefixes.put(prefix, backend));
        }
        return new RoutingTable(prefixes);
    }

    /** Does it to all parts at once. Returns when it is done to all of them, or fails as soon as it fails for one. */
    private <T> void sideBySide(List<T> parts, Consumer<T> action) {
        CompletableFuture<?>[] running = parts.stream()
                .map(part -> CompletableFuture.runAsync(() -> action.accept(part), threads))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture<Void> all = CompletableFuture.allOf(running);
        for (CompletableFuture<?> one : running) {
            one.exceptionally(reason -> {
                all.completeExceptionally(reason);
                return null;
            });
        }
        try {
            all.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void closePart(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            console.say("  A part could not be stopped: " + e.getMessage());
        }
    }
}
