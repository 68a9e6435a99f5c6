package io.stockhook.platform;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL server on loopback, from binaries that Maven brought.
 *
 * <p>Everything it keeps is under one directory: {@code data}, {@code passwords} and {@code postgres.log}. Every
 * connection over TCP needs a password; the superuser's is random and kept beside the others.
 */
public final class PostgresServer implements ServerProcess {

    private static final String SUPERUSER = "postgres";
    /** Of {@code postmaster.pid}, from 0; the first line is the process id. */
    private static final int START_TIME_LINE = 2;

    private static final Duration START_TIME_TOLERANCE = Duration.ofMinutes(1);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_GRACE = Duration.ofSeconds(20);

    private final Path directory;
    private final int port;
    private final Durability durability;
    private @Nullable EmbeddedPostgres server;
    private volatile boolean asked;

    /** What a commit means. */
    public enum Durability {
        /** It is on the disk: it survives a power cut. */
        DISK,
        /** It is with the operating system: it survives the death of the server, and is quicker. For tests. */
        PROCESS
    }

    /**
     * Does not start it.
     *
     * @param directory where it keeps its data; created when it does not exist
     * @param port where clients connect
     */
    public PostgresServer(Path directory, int port, Durability durability) {
        this.directory = directory.toAbsolutePath();
        this.port = port;
        this.durability = durability;
    }

    /** The server's own log. */
    public Path log() {
        return directory.resolve("postgres.log");
    }

    /**
     * The database of this service and the role that owns it, both of the service's name, made when they do not exist. The
     * role's password is random and stays the same.
     */
    public Database database(String service) {
        return database(service, service);
    }

    /** The same for a database of another name, of which a role may own several. */
    public Database database(String name, String role) {
        return new DatabaseAdmin(administration()).ensure(name, role, password(role));
    }

    /** The superuser's way in. */
    public Database administration() {
        return new Database("jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port), SUPERUSER, password(SUPERUSER));
    }

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public CompletableFuture<PlatformException> unexpectedEnd() {
        ProcessHandle process = postmaster().orElseThrow(() -> new IllegalStateException("not running"));
        CompletableFuture<PlatformException> end = new CompletableFuture<>();
        process.onExit().thenRun(() -> {
            if (!asked) {
                end.complete(new PlatformException("PostgreSQL ended by itself; see %s.".formatted(log())));
            }
        });
        return end;
    }

    /**
     * A server that is still running on this data because whoever started it was killed is stopped first.
     *
     * @throws PlatformException if it does not come up
     */
    @Override
    public void start() {
        stop();
        try {
            Files.createDirectories(directory);
            server = builder().start();
            asked = false;
        } catch (IOException | IllegalStateException e) {
            throw new PlatformException("PostgreSQL did not start; see %s.".formatted(log()), e);
        }
    }

    @Override
    public Duration cpuTime() {
        return postmaster().map(ChildProcess::cpuTime).orElse(Duration.ZERO);
    }

    @Override
    public void stop() {
        asked = true;
        release();
        // The library gives up after five seconds, which a long checkpoint can take.
        stopLeftover();
    }

    @Override
    public void kill() {
        asked = true;
        postmaster().ifPresent(PostgresServer::killWithChildren);
        release();
    }

    /** Stops the server of this data directory if one is running, also one that this object did not start. */
    public void stopLeftover() {
        postmaster().ifPresent(process -> {
            process.destroy();
            if (!awaitEnd(process, STOP_GRACE)) {
                killWithChildren(process);
            }
        });
    }

    private EmbeddedPostgres.Builder builder() {
        ProcessBuilder.Redirect toLog = ProcessBuilder.Redirect.appendTo(new File(log().toString()));
        return EmbeddedPostgres.builder()
                .setDataDirectory(data())
                .setCleanDataDirectory(false)
                // The launcher stops the services first; a hook would not wait for them.
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setPGStartupWait(START_LIMIT)
                .setOutputRedirector(toLog)
                .setErrorRedirector(toLog)
                .setConnectConfig("password", password(SUPERUSER))
                // Everything set as "locale" is handed to initdb, which is the only way to give it options.
                .setLocaleConfig("auth", "scram-sha-256")
                .setLocaleConfig("pwfile", passwordFile(SUPERUSER).toString())
                // Sorts by code point, alike on every system.
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "200")
                .setServerConfig("shared_buffers", "128MB")
                .setServerConfig("timezone", "UTC")
                // The library's own defaults would lose what was committed last, in a crash of the server alone.
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("fsync", durability == Durability.DISK ? "on" : "off");
    }

    private void release() {
        try {
            if (server != null) {
                server.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            server = null;
        }
    }

    /** The running server's main process, as its pid file names it and if that still is the same process. */
    private Optional<ProcessHandle> postmaster() {
        try {
            List<String> lines = Files.readAllLines(data().resolve("postmaster.pid"));
            Instant started = Instant.ofEpochSecond(Long.parseLong(lines.get(START_TIME_LINE)));
            return ProcessHandle.of(Long.parseLong(lines.get(0))).filter(process -> startedAround(process, started));
        } catch (NoSuchFileException notRunning) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** After a reboot the number may belong to anybody. */
    private static boolean startedAround(ProcessHandle process, Instant time) {
        return process.info()
                .startInstant()
                .filter(start -> Duration.between(start, time).abs().compareTo(START_TIME_TOLERANCE) < 0)
                .isPresent();
    }

    /** Its children hold the shared memory until they notice, and a new server refuses to start before that. */
    private static void killWithChildren(ProcessHandle process) {
        List<ProcessHandle> children = process.children().toList();
        process.destroyForcibly();
        awaitEnd(process, STOP_GRACE);
        children.forEach(child -> awaitEnd(child, STOP_GRACE));
    }

    private static boolean awaitEnd(ProcessHandle process, Duration limit) {
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String password(String role) {
        return Secrets.readOrCreate(passwordFile(role), Secrets::randomPassword);
    }

    private Path passwordFile(String role) {
        return directory.resolve("passwords").resolve(role);
    }

    private Path data() {
        return directory.resolve("data");
    }
}
