package io.stockhook.events.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Commands of this machine that the guides' snippets need, and their running. */
final class Commands {

    /** Set where a language that is missing is a mistake of the machine and not a reason to leave its snippets out. */
    static final String REQUIRED = "STOCKHOOK_REQUIRE_LANGUAGES";

    /** Longer than the first compilation of a language's standard library. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private Commands() {}

    /** Whether every one of these commands is on the path. */
    static boolean areThere(List<String> commands) {
        String path = System.getenv().getOrDefault("PATH", "");
        return commands.stream()
                .allMatch(command -> Stream.of(path.split(":", -1))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, command))));
    }

    /** Whether a command that is missing is a failure. */
    static boolean areRequired() {
        return "true".equals(System.getenv(REQUIRED));
    }

    /**
     * Runs a command and gives what it printed.
     *
     * @param input what it reads
     * @throws AssertionError with everything that it printed if it does not end with 0
     */
    static String run(Path directory, List<String> command, Map<String, String> environment, byte[] input)
            throws IOException, InterruptedException {
        Path given = Files.write(Files.createTempFile(directory, "input", ""), input);
        Path printed = Files.createTempFile(directory, "output", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(given.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command + " did not end: " + Files.readString(printed));
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(command + " ended with " + process.exitValue() + ": " + Files.readString(printed));
        }
        return Files.readString(printed);
    }
}
