package io.stockhook.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhook.events.log.CompactedRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTypeTableTests {

    private final EventTypeTable<EventTypeRecord> types = new EventTypeTable<>(type -> type);

    @Test
    void givesEachTenantThePlatformsTypesAndItsOwn() throws IOException {
        // When
        take(type(null, "product.created", "catalog.product.created"));
        take(type("ten_1", "crm.lead_won"));

        // Then
        assertThat(types.find("ten_1", "product.created")).isNotNull();
        assertThat(types.find("ten_1", "crm.lead_won")).isNotNull();
        assertThat(types.find("ten_2", "product.created")).isNotNull();
        assertThat(types.find("ten_2", "crm.lead_won")).isNull();
        assertThat(types.names().canonical("catalog.product.created")).isEqualTo("product.created");
        assertThat(types.size()).isEqualTo(2);
    }

    @Test
    void givesATenantItsOwnTypeBeforeThePlatforms() throws IOException {
        // Given
        take(type(null, "order.paid"));

        // When
        take(type("ten_1", "order.paid"));

        // Then
        assertThat(types.find("ten_1", "order.paid"))
                .extracting(EventTypeRecord::tenantId)
                .isEqualTo("ten_1");
        assertThat(types.find("ten_2", "order.paid"))
                .extracting(EventTypeRecord::tenantId)
                .isNull();
    }

    @Test
    void forgetsATypeWithItsAliases() throws IOException {
        // Given
        take(type(null, "product.created", "catalog.product.created"));
        take(type("ten_1", "crm.lead_won"));

        // When
        end(null, "product.created");
        end("ten_1", "crm.lead_won");
        end("ten_1", "crm.never_there");

        // Then
        assertThat(types.find("ten_1", "product.created")).isNull();
        assertThat(types.find("ten_1", "crm.lead_won")).isNull();
        assertThat(types.names().canonical("catalog.product.created")).isEqualTo("catalog.product.created");
        assertThat(types.size()).isZero();
    }

    @Test
    void forgetsWhatWasEndedUnseen() throws IOException {
        // Given
        take(type(null, "product.created"));
        take(type("ten_1", "crm.lead_won"));

        // When
        types.retainOnly(Set.of(EventTypeRecord.key(null, "product.created")));

        // Then
        assertThat(types.find("ten_1", "product.created")).isNotNull();
        assertThat(types.find("ten_1", "crm.lead_won")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no JSON",
                "null",
                "{}",
                "{\"name\": \"other.name\", \"aliases\": [], \"versions\": [{\"version\": 1, \"created_at\": \"2026-01-01T00:00:00Z\"}]}",
                "{\"name\": \"order.paid\", \"aliases\": [], \"versions\": []}",
                "{\"name\": \"order.paid\", \"aliases\": [null], \"versions\": [{\"version\": 1, \"created_at\": \"2026-01-01T00:00:00Z\"}]}",
                "{\"name\": \"order.paid\", \"aliases\": [], \"versions\": [{\"version\": 1}]}"
            })
    void refusesWhatIsNoType(String value) {
        assertThatThrownBy(() -> types.apply(
                        new CompactedRecord("platform:order.paid", value.getBytes(UTF_8), 0, Instant.EPOCH)))
                .isInstanceOf(IOException.class);
        assertThat(types.size()).isZero();
    }

    @Test
    void readsAVersionOutOfItsAddress() {
        assertThat(EventTypeRecord.versionNamedBy(
                        "https://hooks.example.com/api/v1/event-types/order.paid/versions/2", "order.paid"))
                .hasValue(2);
        assertThat(EventTypeRecord.versionNamedBy("urn:x:/event-types/order.paid/versions/", "order.paid"))
                .isEmpty();
        assertThat(EventTypeRecord.versionNamedBy("urn:x:/event-types/order.paid/versions/9999999", "order.paid"))
                .isEmpty();
        assertThat(EventTypeRecord.versionNamedBy("urn:x:/event-types/order.sent/versions/2", "order.paid"))
                .isEmpty();
        assertThat(EventTypeRecord.versionNamedBy("https://example.com/schema.json", "order.paid"))
                .isEmpty();
        assertThat(EventTypeRecord.versionNamedBy(null, "order.paid")).isEmpty();
    }

    private void take(EventTypeRecord type) throws IOException {
        String key = EventTypeRecord.key(type.tenantId(), type.name());
        types.apply(new CompactedRecord(key, Json.write(type), 0, Instant.EPOCH));
    }

    private void end(@Nullable String tenantId, String name) throws IOException {
        types.apply(new CompactedRecord(EventTypeRecord.key(tenantId, name), null, 0, Instant.EPOCH));
    }

    private static EventTypeRecord type(@Nullable String tenantId, String name, String... aliases) {
        return new EventTypeRecord(
                tenantId,
                name,
                List.of(aliases),
                false,
                List.of(new EventTypeRecord.Version(1, null, null, Instant.EPOCH)));
    }
}
