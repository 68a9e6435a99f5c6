package io.stockhook.subscription.eventtype.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventTypesDocumentationTests {

    private static final Path PAGE = Path.of("../docs/event-types.md");
    private static final Path GENERATED = Path.of("target/event-types-table.md");

    /** Where this fails: {@code target/event-types-table.md} is what is to stand in the page. */
    @Test
    void everyTypeOfThePlatformIsDocumentedAsItsDataFileHasIt() throws IOException {
        // Given
        List<String> rows = new ArrayList<>();
        Catalog catalog = CatalogReaderTests.own();

        // When
        for (Category category : catalog.categories()) {
            rows.add("| **%s** | %s | | |".formatted(category.displayName(), category.description()));
            catalog.types().stream()
                    .filter(type -> type.category().equals(category.name()))
                    .map(EventTypesDocumentationTests::row)
                    .forEach(rows::add);
        }
        Files.write(GENERATED, rows);

        // Then
        List<String> documented = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| **") || line.matches("\\| `[a-z_]+\\..*"))
                .toList();
        assertThat(documented).as("see %s", GENERATED).isEqualTo(rows);
    }

    private static String row(PlatformType type) {
        String aliases =
                String.join(", ", type.aliases().stream().map("`%s`"::formatted).toList());
        return "| `%s` | %s | %s | %s |"
                .formatted(type.name(), type.description(), type.emittedBy(), aliases)
                .replace("  ", " ");
    }
}
