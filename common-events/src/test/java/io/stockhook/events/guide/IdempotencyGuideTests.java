package io.stockhook.events.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The receiver of {@code docs/guides/idempotency.md}. */
class IdempotencyGuideTests {

    private static final Path RECEIVER = Language.GUIDES.resolve("idempotency");

    @TempDir
    Path directory;

    @Test
    void guideShowsTheFileThatIsTested() throws Exception {
        // When
        String guide = Files.readString(Language.GUIDES.resolve("idempotency.md"));

        // Then
        assertThat(guide).contains("```python\n%s```\n".formatted(Files.readString(RECEIVER.resolve("receiver.py"))));
    }

    @Test
    void handlesEachEventOnceKeepsTheNewestAndLetsWhatFailedComeAgain() throws Exception {
        // Given
        Commands.require(List.of("python3"));
        String driver = Language.DRIVERS.resolve("idempotency.py").toString();

        // When
        String printed =
                Commands.run(directory, List.of("python3", driver, RECEIVER.toString()), Map.of(), new byte[0]);

        // Then
        assertThat(printed).hasToString("""
                        first True
                        again False
                        newer True
                        late True
                        failed
                        retried True
                        [(4, 1)]
                        """);
    }
}
