package io.stockhook.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The APIs as they are written down in docs/openapi, for whoever generates a client or reads what a change does to them. */
class OpenApiDocumentsIT {

    private static final String REFRESH = "openapi.refresh";
    private static final Path HOME = Path.of(System.getProperty("stockhook.home"));
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    private static final DefaultPrettyPrinter READABLE =
            new DefaultPrettyPrinter().withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);

    @ParameterizedTest
    @ValueSource(strings = {"inventory", "subscription", "delivery", "receiver"})
    void apiIsWrittenDownAsItIs(String service) throws IOException {
        // Given
        Path writtenDown = HOME.resolve("docs/openapi").resolve(service + ".json");

        // When
        String built = readable(HOME.resolve(service + "-service/target/openapi/openapi.json"));
        if (System.getProperty(REFRESH) != null) {
            Files.createDirectories(writtenDown.getParent());
            Files.writeString(writtenDown, built);
        }

        // Then
        assertThat(Files.exists(writtenDown) ? Files.readString(writtenDown) : "")
                .as(
                        "docs/openapi/%s.json; it is written anew by: ./mvnw -Dquick verify -pl deploy/acceptance -am -Dtest=none"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=OpenApiDocumentsIT"
                                + " -Dfailsafe.failIfNoSpecifiedTests=false -Dopenapi.refresh",
                        service)
                .isEqualTo(built);
    }

    /** Objects in the order of their keys, so that a difference is one of meaning. */
    private static String readable(Path document) throws IOException {
        Object sorted = JSON.readValue(document.toFile(), Object.class);
        return JSON.writer(READABLE).writeValueAsString(sorted) + '\n';
    }
}
