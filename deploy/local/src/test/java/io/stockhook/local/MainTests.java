package io.stockhook.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTests {

    private final Path home;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    MainTests(@TempDir Path home) {
        this.home = home;
    }

    @Test
    void aRefusalIsOneSentenceAndExitCodeOne() {
        // Given
        DataDirectory.open(home.resolve(".stockhook"), new Versions(Map.of("layout", "0")))
                .close();

        // When
        int code = run("--no-tour", "--exit");

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(errors.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("The data in " + home));
        assertThat(output.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private int run(String... arguments) {
        Main main = new Main(home, new PrintStream(output, true, StandardCharsets.UTF_8), (origin, key) -> true);
        return main.run(List.of(arguments), new PrintStream(errors, true, StandardCharsets.UTF_8));
    }
}
