package io.stockhook.platform;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One Quarkus service, packaged as a fast-jar, in a process of its own. */
public final class ServiceProcess implements ServerProcess {

    private static final String MAIN_CLASS = "io.quarkus.bootstrap.runner.QuarkusEntryPoint";
    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final Duration STOP_GRACE = Duration.ofSeconds(30);
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(2);

    private final Specification specification;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PROBE_LIMIT).build();
    private @Nullable ChildProcess process;

    /**
     * What to run, and how.
     *
     * @param name what to call it in a sentence and in file names
     * @param runJar the {@code quarkus-run.jar} of its fast-jar
     * @param settings configuration properties; handed over in the environment, because anybody on the machine can read a
     *     command line
     * @param jvmFlags {@code -Xmx256m} and the like
     * @param managementPort where it answers {@code /q/health/ready}; set as {@code quarkus.management.port} as well
     * @param log where its output goes, appended
     */
    public record Specification(
            String name,
            Path runJar,
            Map<String, String> settings,
            List<String> jvmFlags,
            int managementPort,
            Path log) {

        public Specification {
            settings = Map.copyOf(settings);
            jvmFlags = List.copyOf(jvmFlags);
        }
    }

    /** Does not start it. */
    public ServiceProcess(Specification specification) {
        this.specification = specification;
    }

    @Override
    public String name() {
        return specification.name();
    }

    /** The service's own log. */
    public Path log() {
        return specification.log();
    }

    /** The process id. Only after {@link #launch()} or {@link #start()}. */
    public long pid() {
        return launched().pid();
    }

    @Override
    public CompletableFuture<PlatformException> unexpectedEnd() {
        return launched().unexpectedEnd();
    }

    /** Starts the process without waiting for it. */
    public void launch() {
        if (!Files.exists(specification.runJar())) {
            throw new PlatformException("%s is not built: there is no %s.".formatted(name(), specification.runJar()));
        }
        String classPath = specification.runJar() + File.pathSeparator + ownClassPath();
        List<String> command = Tether.command(classPath, specification.jvmFlags(), MAIN_CLASS, List.of());
        process = ChildProcess.start(name(), command, environment(), log());
    }

    /**
     * Returns once the service says that it is ready. Only after {@link #launch()}.
     *
     * @throws PlatformException if the process ends or the limit passes first; says where its log is
     */
    public void awaitReady(Duration limit) {
        String sentence =
                "%s was not ready within %d s; see %s.".formatted(name(), limit.toSeconds(), log().toAbsolutePath());
        Readiness.await(launched(), this::isReady, limit, sentence);
    }

    @Override
    public void start() {
        launch();
        awaitReady(START_LIMIT);
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

    private ChildProcess launched() {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        return process;
    }

    private boolean isReady() throws IOException, InterruptedException {
        URI health = URI.create("http://127.0.0.1:%d/q/health/ready".formatted(specification.managementPort()));
        HttpRequest request =
                HttpRequest.newBuilder(health).timeout(PROBE_LIMIT).build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = specification.settings().entrySet().stream()
                .collect(Collectors.toMap(setting -> variable(setting.getKey()), Map.Entry::getValue));
        environment.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(specification.managementPort()));
        // Its handler would end the service at the terminal's interrupt, which the parent is to decide.
        environment.put("DISABLE_SIGNAL_HANDLERS", "true");
        return environment;
    }

    /** The environment variable of a property, by the rule of MicroProfile Config. */
    private static String variable(String property) {
        return property.replaceAll("[^a-zA-Z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static Path ownClassPath() {
        return Path.of(URI.create(
                Tether.class.getProtectionDomain().getCodeSource().getLocation().toString()));
    }
}
