package io.stockhook.subscription.eventtype.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhook.events.EventTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogReaderTests {

    private static final String FILE = """
            category: {name: crm, display_name: CRM, description: Customers to be.}
            event_types:
              - name: crm.lead_won
                display_name: Lead won
                description: A lead signed.
                aliases: [sales.lead_won]
                deprecation: {reason: Too coarse., replacement: crm.deal_won}
                versions:
                  - payload_schema: {type: object, properties: {lead: {type: string}}}
                    example_payload: {lead: L-1}
                  - description: Leads have an owner.
                    payload_schema: {type: object, properties: {lead: {type: string}, owner: {type: string}}}
                    example_payload: {lead: L-1, owner: Jane}
                    downgrade: '{"lead": {{{lead}}}}'
                    since: "2026-01-15T10:30:00Z"
              - name: crm.deal_won
                display_name: Deal won
                description: A deal was signed.
                payload_schema: {type: object}
                example_payload: {}
            """;

    private final CatalogReader reader = new CatalogReader();

    @Test
    void everyTypeOfTheSourceCatalogsIsThere() throws IOException {
        // Given
        Catalog catalog = own();

        // When
        List<String> named = Files.readAllLines(Path.of("src/test/resources/event-types/source-catalogs.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();

        // Then
        assertThat(named)
                .hasSize(36)
                .allSatisfy(name -> assertThat(catalog.find(name)).as(name).isNotNull());
    }

    @Test
    void theOtherSpellingsAreAliasesOfOneType() {
        // Given
        Catalog catalog = own();

        // Then
        assertThat(catalog.names().canonical("catalog.product.created")).isEqualTo("product.created");
        assertThat(catalog.names().canonical("catalog.product.updated")).isEqualTo("product.updated");
        assertThat(catalog.names().canonical("catalog.product.deleted")).isEqualTo("product.deleted");
        assertThat(catalog.names().canonical("inventory.out_of_stock")).isEqualTo("product.out_of_stock");
    }

    @Test
    void whatOnlyThePlatformEmitsIsNotSaidToBePublished() {
        assertThat(own().types())
                .filteredOn(type -> EventTypes.isReserved(type.name()))
                .isNotEmpty()
                .noneMatch(type -> type.emittedBy().equals("publishers"));
    }

    @Test
    void aFileHasCategoryTypesVersionsAliasesAndDeprecation() {
        // When
        reader.take("crm.yaml", FILE);

        // Then
        PlatformType type = Objects.requireNonNull(reader.catalog().find("sales.lead_won"));
        assertThat(type.name()).isEqualTo("crm.lead_won");
        assertThat(type.category()).isEqualTo("crm");
        assertThat(type.emittedBy()).isEqualTo("publishers");
        assertThat(type.deprecation()).isEqualTo(new PlatformType.Deprecation("Too coarse.", "crm.deal_won"));
        assertThat(type.versions()).extracting(PlatformType.Version::version).containsExactly(1, 2);
        assertThat(type.newest().downgrade()).isEqualTo("{\"lead\": {{{lead}}}}");
        assertThat(reader.catalog().categories()).containsExactly(new Category("crm", "CRM", "Customers to be."));
    }

    @Test
    void aDirectoryAddsTypesToThoseThatThereAre(@TempDir Path directory) throws IOException {
        // Given
        Files.writeString(directory.resolve("crm.yaml"), FILE);
        Files.writeString(directory.resolve("notes.txt"), "no event types");

        // When
        CatalogFiles.takeAll(directory, reader);

        // Then
        assertThat(reader.catalog().find("crm.lead_won")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            name: crm.lead_won                  | name: lead                           | event_types[0].name
            name: crm.deal_won                  | name: crm.lead_won                   | event_types[1].name
            [sales.lead_won]                    | [crm.deal_won]                       | event_types[1].name
            display_name: Lead won              | display_nam: Lead won                | event_types[0].display_nam
            description: A lead signed.         | description: ""                      | event_types[0].description
            replacement: crm.deal_won           | replacement: crm.none                | crm.lead_won.deprecation.replacement
            {lead: {type: string}}              | {lead: {type: text}}                 | event_types[0].versions[0].payload_schema.properties.lead.type
            example_payload: {lead: L-1, owner  | example_payload: {lead: 1, owner     | event_types[0].versions[1].example_payload
            {{{lead}}}                          | {{#lead}}                            | event_types[0].versions[1].downgrade
            "2026-01-15T10:30:00Z"              | "yesterday"                          | event_types[0].versions[1].since
            payload_schema: {type: object}      | owner: me                            | event_types[1].owner
            category: {name: crm,               | category: {                          | category.name
            name: crm, display_name: CRM        | name: C R M, display_name: CRM       | category.name
            aliases: [sales.lead_won]           | aliases: [sales.lead_won             | crm.yaml
            """)
    void aFileThatCannotBeUsedIsRefusedWithItsNameAndThePlace(String right, String wrong, String place) {
        // Given
        String faulty = FILE.replace(right, wrong);
        assertThat(faulty).isNotEqualTo(FILE);

        // Then
        assertThatThrownBy(() -> {
                    reader.take("crm.yaml", faulty);
                    reader.catalog();
                })
                .isInstanceOf(InvalidCatalogException.class)
                .hasMessageContaining("crm.yaml")
                .hasMessageContaining(place);
    }

    static Catalog own() {
        CatalogReader reader = new CatalogReader();
        CatalogFiles.OWN.forEach(name -> {
            String resource = "event-types/%s.yaml".formatted(name);
            reader.take(resource, CatalogFiles.own(resource));
        });
        return reader.catalog();
    }
}
