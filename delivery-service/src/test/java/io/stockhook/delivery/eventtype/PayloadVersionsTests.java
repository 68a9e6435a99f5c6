package io.stockhook.delivery.eventtype;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhook.delivery.Tasks;
import io.stockhook.events.EventTypeRecord;
import io.stockhook.events.EventTypeRecord.Version;
import io.stockhook.events.delivery.DeliveryTask;
import io.stockhook.events.template.InvalidTemplateException;
import io.stockhook.events.template.RenderingException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PayloadVersionsTests {

    private static final String NAME_ONLY = "{\"properties\": {\"name\": {}}}";
    private static final String NAME_AND_PRICE = "{\"properties\": {\"name\": {}, \"price\": {}}}";

    @Test
    void leavesOutWhatTheLowerVersionDoesNotName() {
        // Given
        PayloadVersions versions = versions(version(1, NAME_ONLY, null), version(2, NAME_AND_PRICE, null));

        // Then
        assertThat(downgraded(versions, "{\"price\": 1.50, \"name\": \"Shirt\"}", 2, 1))
                .isEqualTo("{\"name\": \"Shirt\"}");
    }

    @Test
    void goesDownStepByStepByTemplateWhereThereIsOne() {
        // Given
        PayloadVersions versions = versions(
                version(1, NAME_ONLY, null),
                version(2, NAME_AND_PRICE, null),
                version(
                        3,
                        "{\"properties\": {\"title\": {}}}",
                        "{\"name\": {{{title}}}, \"price\": 0, \"type\": \"{{type}}\"}"));

        // Then
        assertThat(downgraded(versions, "{\"title\": \"Shirt\"}", 3, 2))
                .isEqualTo("{\"name\": \"Shirt\", \"price\": 0, \"type\": \"catalog.product.created\"}");
        assertThat(downgraded(versions, "{\"title\": \"Shirt\"}", 3, 1)).isEqualTo("{\"name\": \"Shirt\"}");
    }

    @Test
    void keepsAllWhereTheLowerVersionNamesNothing() {
        // Given
        PayloadVersions versions = versions(version(1, null, null), version(2, NAME_ONLY, null));

        // Then
        assertThat(downgraded(versions, "{\"name\": 1, \"more\": 2}", 2, 1)).isEqualTo("{\"name\": 1, \"more\": 2}");
    }

    @Test
    void failsWhereNothingComesOfTheData() {
        // Given
        PayloadVersions versions = versions(
                version(1, NAME_ONLY, null),
                version(2, NAME_ONLY, "{\"name\": {{name}}}"),
                version(3, NAME_ONLY, "{{#name}}"));

        // Then
        assertThatThrownBy(() -> downgraded(versions, "{\"name\": \"no number\"}", 2, 1))
                .isInstanceOf(RenderingException.class);
        assertThatThrownBy(() -> downgraded(versions, "{\"name\": 1}", 3, 2))
                .isInstanceOf(InvalidTemplateException.class);
    }

    @Test
    void dataThatDoesNotSayOfWhichVersionItIsIsOfTheNewestOfItsTime() {
        // Given
        PayloadVersions versions = versions(
                new Version(1, null, null, Instant.EPOCH),
                new Version(2, null, null, Tasks.EVENT_TIME),
                new Version(3, null, null, Tasks.EVENT_TIME.plusMillis(1)));

        // Then
        assertThat(versions.versionOf(Tasks.first("evt_1"))).isEqualTo(2);
    }

    @Test
    void versionsAreNumberedFromOne() {
        assertThatThrownBy(() -> versions(version(2, null, null))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> versions(version(1, null, null), version(3, null, null)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String downgraded(PayloadVersions versions, String data, int from, int to) {
        DeliveryTask task = Tasks.first("evt_1").withData(data.getBytes(UTF_8));
        return new String(versions.downgraded(task, from, to), UTF_8);
    }

    private static Version version(int number, @Nullable String schema, @Nullable String downgrade) {
        return new Version(number, schema, downgrade, Instant.EPOCH);
    }

    private static PayloadVersions versions(Version... versions) {
        return PayloadVersions.of(new EventTypeRecord(null, "product.created", List.of(), false, List.of(versions)));
    }
}
