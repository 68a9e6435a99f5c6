package io.stockhook.platform;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka broker in KRaft mode, broker and controller in a process of its own, on loopback.
 *
 * <p>Everything it keeps is under one directory: {@code data}, {@code server.properties} and {@code broker.log}.
 */
public final class KafkaBroker implements ServerProcess {

    private static final Duration FORMAT_LIMIT = Duration.ofSeconds(60);
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_GRACE = Duration.ofSeconds(20);
    private static final Duration CONNECT_LIMIT = Duration.ofMillis(500);

    private final Path directory;
    private final int port;
    private final int controllerPort;
    private final List<String> jvmFlags;
    private @Nullable ChildProcess process;

    /**
     * Does not start it.
     *
     * @param directory where it keeps its data; created when it does not exist
     * @param port where clients connect
     * @param controllerPort where the controller listens; no client needs it
     */
    public KafkaBroker(Path directory, int port, int controllerPort) {
        this(directory, port, controllerPort, List.of());
    }

    /**
     * The same with flags for its JVM.
     *
     * @param jvmFlags win over our own
     */
    public KafkaBroker(Path directory, int port, int controllerPort, List<String> jvmFlags) {
        this.directory = directory.toAbsolutePath();
        this.port = port;
        this.controllerPort = controllerPort;
        this.jvmFlags = List.copyOf(jvmFlags);
    }

    /** What a client needs to connect. The same after every restart. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** The broker's own log. */
    public Path log() {
        return directory.resolve("broker.log");
    }

    @Override
    public String name() {
        return "Kafka";
    }

    @Override
    public CompletableFuture<PlatformException> unexpectedEnd() {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        return process.unexpectedEnd();
    }

    @Override
    public void start() {
        writeSettings();
        if (!Files.exists(data().resolve("meta.properties"))) {
            format();
        }
        ChildProcess broker = run(name(), "kafka.Kafka", List.of(settings().toString()));
        process = broker;
        Readiness.await(
                broker,
                this::answers,
                START_LIMIT,
                "Kafka did not answer within %d s; see %s.".formatted(START_LIMIT.toSeconds(), log()));
    }

    @Override
    public Duration cpuTime() {
        return process == null ? Duration.ZERO : process.cpuTime();
    }

    @Override
    public void stop() {
        if (process != null) {
            process.terminate(STOP_GRACE);
        }
    }

    @Override
    public void kill() {
        if (process != null) {
            process.kill();
        }
    }

    private void format() {
        List<String> arguments = List.of(
                "format",
                "--cluster-id",
                Uuid.randomUuid().toString(),
                "--config",
                settings().toString());
        run("Kafka's storage tool", "kafka.tools.StorageTool", arguments).awaitSuccess(FORMAT_LIMIT);
    }

    private ChildProcess run(String name, String mainClass, List<String> arguments) {
        List<String> flags = new ArrayList<>(List.of(
                "-Xmx512m",
                "-Xms128m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dlogging.configuration=" + logging().toUri()));
        flags.addAll(jvmFlags);
        return ChildProcess.start(name, Tether.command(classPath(), flags, mainClass, arguments), Map.of(), log());
    }

    /**
     * The caller's own, less Quarkus: inside a Quarkus test its bootstrap would hold back every line the broker logs until
     * a Quarkus application has started, which in the broker never happens.
     */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("quarkus-"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private boolean answers() throws IOException, ExecutionException, InterruptedException {
        // An admin client logs a warning for each refused connection, so it only sees a broker that listens.
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) CONNECT_LIMIT.toMillis());
        }
        // A client looks for its plug-ins in the thread's loader, which inside Quarkus knows other copies of its
        // classes.
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Admin.class.getClassLoader());
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
            return !admin.describeCluster().nodes().get().isEmpty();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void writeSettings() {
        Properties broker = new Properties();
        broker.putAll(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                "1",
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort),
                "advertised.listeners",
                "PLAINTEXT://127.0.0.1:" + port,
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "controller.listener.names",
                "CONTROLLER",
                "controller.quorum.voters",
                "1@127.0.0.1:" + controllerPort,
                "log.dirs",
                data().toString()));
        broker.putAll(Map.of(
                // Topics are created with their partitions and retention by the services, never by accident.
                "auto.create.topics.enable", "false",
                "default.replication.factor", "1",
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "8",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "8",
                "message.max.bytes", String.valueOf(2 * 1024 * 1024),
                // The buffer of 128 MiB that compaction takes by default would be a quarter of the heap.
                "log.cleaner.dedupe.buffer.size", String.valueOf(16 * 1024 * 1024)));
        broker.putAll(Map.of(
                // A group that was away for a holiday finds its place again.
                "offsets.retention.minutes", String.valueOf(Integer.MAX_VALUE),
                // Tasks are purged all the time, and the disk of a developer is small.
                "log.retention.check.interval.ms", "30000",
                // There is nobody to wait for when the first member of a group arrives.
                "group.initial.rebalance.delay.ms", "0",
                "group.min.session.timeout.ms", "1000"));
        Properties logging = new Properties();
        logging.putAll(Map.of(
                // It prints several hundred lines of settings at each start.
                "loggers", "org.apache.kafka.common.config.AbstractConfig",
                "logger.org.apache.kafka.common.config.AbstractConfig.level", "WARN",
                "logger.level", "INFO",
                "logger.handlers", "CONSOLE",
                "handler.CONSOLE", "org.jboss.logmanager.handlers.ConsoleHandler",
                "handler.CONSOLE.formatter", "LINE",
                "formatter.LINE", "org.jboss.logmanager.formatters.PatternFormatter",
                "formatter.LINE.properties", "pattern",
                "formatter.LINE.pattern", "%d{yyyy-MM-dd HH:mm:ss,SSS} %-5p [%c{1}] %s%e%n"));
        write(broker, settings());
        write(logging, logging());
    }

    private void write(Properties properties, Path file) {
        try {
            Files.createDirectories(directory);
            try (Writer writer = Files.newBufferedWriter(file)) {
                properties.store(writer, "Written at each start");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Path settings() {
        return directory.resolve("server.properties");
    }

    private Path logging() {
        return directory.resolve("logging.properties");
    }
}
