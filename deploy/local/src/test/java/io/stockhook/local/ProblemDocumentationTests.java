package io.stockhook.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProblemDocumentationTests {

    private static final Path HOME = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern OURS =
            Pattern.compile("(?:Problems\\.of|\\breturn of|new Problem)\\(\\s*(?:\\d{3},\\s*)?\"([a-z-]+)\"");
    /** Those that are named after the statuses with which the framework refuses a request by itself. */
    private static final List<String> OF_THE_FRAMEWORK = List.of(
            "bad-request",
            "not-found",
            "method-not-allowed",
            "not-acceptable",
            "request-timeout",
            "request-entity-too-large",
            "unsupported-media-type");

    @Test
    void everyTypeOfProblemIsDescribed() throws Exception {
        // Given
        String page = Files.readString(HOME.resolve("docs/problems.md"));

        // When
        Set<String> described = page.lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .collect(Collectors.toCollection(TreeSet::new));

        // Then
        Set<String> used = new TreeSet<>(OF_THE_FRAMEWORK);
        used.addAll(ours());
        assertThat(used).contains("invalid-request", "unavailable", "gateway-timeout");
        assertThat(described).isEqualTo(used);
    }

    private static Set<String> ours() throws IOException {
        try (Stream<Path> sources = Files.walk(HOME)) {
            return sources.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("src/main/java"))
                    .flatMap(file -> OURS.matcher(read(file)).results())
                    .map(match -> match.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
