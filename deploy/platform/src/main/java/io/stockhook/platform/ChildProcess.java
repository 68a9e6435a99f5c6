package io.stockhook.platform;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A running child whose output goes to a log file. Thread-safe. */
final class ChildProcess {

    private static final Duration AFTER_KILL = Duration.ofSeconds(10);

    private final String name;
    private final Path log;
    private final Process process;
    private volatile boolean asked;

    private ChildProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts the command. The log file is appended to; its directory is created.
     *
     * @param name what to call it in a sentence
     * @param environment added to the parent's
     * @throws PlatformException if the program cannot be run
     */
    static ChildProcess start(String name, List<String> command, Map<String, String> environment, Path log) {
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(log.toString())));
            builder.environment().putAll(environment);
            return new ChildProcess(name, log, builder.start());
        } catch (IOException e) {
            throw new PlatformException("%s could not be started: %s.".formatted(name, e.getMessage()), e);
        }
    }

    long pid() {
        return process.pid();
    }

    Duration cpuTime() {
        return cpuTime(process.toHandle());
    }

    /** What a process and its children have used. */
    static Duration cpuTime(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.children())
                .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Completes when the process ends and neither {@link #terminate} nor {@link #kill} asked for it. */
    CompletableFuture<PlatformException> unexpectedEnd() {
        CompletableFuture<PlatformException> end = new CompletableFuture<>();
        process.onExit().thenRun(() -> {
            if (!asked) {
                end.complete(endedByItself());
            }
        });
        return end;
    }

    /** The sentence for an end that nobody asked for. Only after the end. */
    PlatformException endedByItself() {
        return new PlatformException("%s ended by itself with exit code %d; see %s."
                .formatted(name, process.exitValue(), log.toAbsolutePath()));
    }

    /** Waits for a program that is to end by itself, and to end well. */
    void awaitSuccess(Duration limit) {
        if (!awaitEnd(limit)) {
            kill();
            throw new PlatformException(
                    "%s did not finish within %d s; see %s.".formatted(name, limit.toSeconds(), log.toAbsolutePath()));
        }
        if (process.exitValue() != 0) {
            throw endedByItself();
        }
    }

    /** Asks the process to end, and kills it when the grace is over. */
    void terminate(Duration grace) {
        asked = true;
        process.destroy();
        if (!awaitEnd(grace)) {
            kill();
        }
    }

    void kill() {
        asked = true;
        process.destroyForcibly();
        awaitEnd(AFTER_KILL);
    }

    private boolean awaitEnd(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
