package io.stockhook.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stockhook.local.LocalPlatform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what {@code docs/guides/first-webhook.md} says, as it says it. */
class FirstWebhookGuideIT {

    /** Set where a command that is missing is a mistake of the machine. */
    private static final String REQUIRED = "STOCKHOOK_REQUIRE_LANGUAGES";

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Pattern BLOCK = Pattern.compile("^```sh\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    @Test
    void itsCommandsLeadToSignedDeliveriesAndARetry(@TempDir Path directory) throws Exception {
        // Given
        assumeTrue(
                Boolean.parseBoolean(System.getenv(REQUIRED))
                        || Stream.of("bash", "curl").allMatch(FirstWebhookGuideIT::isInstalled),
                "bash or curl is not installed: the guide was not followed");
        LocalPlatform platform = SharedPlatform.get();
        Path keys = Files.createDirectories(directory.resolve(".stockhook/keys"));
        Files.writeString(keys.resolve("admin-api-key"), platform.adminKey());
        Path guide = Path.of(System.getProperty("stockhook.home"), "docs/guides/first-webhook.md");
        Path script = directory.resolve("guide.sh");
        Files.writeString(
                script,
                "set -eu\n"
                        + commands(Files.readString(guide))
                                .replace(
                                        "http://localhost:8080",
                                        platform.origin().toString()));

        // When
        String printed = run(directory, List.of("bash", script.toString()));

        // Then
        assertThat(printed)
                .contains("\"standard_signature\":\"valid\"", "\"classic_signature\":\"valid\"")
                .contains("\"status\":\"delivered\"", "\"response_code\":200")
                .contains("\"response_status\":500", "\"number\":2");
    }

    /** Its blocks of commands, one after the other. */
    private static String commands(String guide) {
        return BLOCK.matcher(guide)
                .results()
                .map(MatchResult::group)
                .map(block -> block.substring("```sh\n".length(), block.length() - "```".length()))
                .collect(Collectors.joining("\n"));
    }

    private static boolean isInstalled(String command) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, command)));
    }

    private static String run(Path directory, List<String> command) throws Exception {
        Path printed = directory.resolve("printed");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        boolean hasEnded = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(printed);
        assertThat(hasEnded).as(text).isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
