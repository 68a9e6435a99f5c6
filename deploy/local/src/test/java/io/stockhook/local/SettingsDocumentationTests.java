package io.stockhook.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsDocumentationTests {

    private static final Path HOME = Path.of("../..").toAbsolutePath().normalize();

    /** Where this fails: {@code java deploy/local/src/test/java/io/stockhook/local/SettingsTable.java} prints the table. */
    @Test
    void everySettingIsDocumentedAsItsMappingHasIt() throws Exception {
        // Given
        String page = Files.readString(HOME.resolve("docs/operations.md"));

        // When
        List<String> documented =
                page.lines().filter(line -> line.startsWith("| `stockhook.")).toList();

        // Then
        assertThat(SettingsTable.rows(HOME)).isNotEmpty().isEqualTo(documented);
    }
}
