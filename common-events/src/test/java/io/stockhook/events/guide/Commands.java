package io.stockhook.events.guide;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

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

    /** Ends the test, as not run or where {@value #REQUIRED} is true as failed, unless each of these commands is on the path. */
    static void require(List<String> commands) {
        String path = System.getenv().getOrDefault("PATH", "");
        List<String> missing = commands.stream()
                .filter(command -> Stream.of(path.split(":", -1))
                        .noneMatch(directory -> Files.isExecutable(Path.of(directory, command))))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        String reason = missing + " is not installed: the snippet was not run";
        if (Boolean.parseBoolean(System.getenv(REQUIRED))) {
            fail(reason);
        }
        abort(reason);
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
