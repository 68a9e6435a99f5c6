package io.stockhook.delivery.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.Json;
import io.stockhook.events.log.CompactedRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointRegistryTests {

    private static final String TYPE = "product.created";

    private final EndpointRegistry registry = new EndpointRegistry();

    @Test
    void whatWasDeletedUnseenIsForgotten() throws Exception {
        // Given
        put(Registrations.active("wh_1", "ten_1", TYPE));
        put(Registrations.active("wh_2", "ten_1", TYPE));

        // When
        registry.retainOnly(Set.of("wh_2"));

        // Then
        assertThat(registry.find("wh_1")).isNull();
        assertThat(registry.match("ten_1", List.of(TYPE))).hasSize(1);
    }

    @Test
    void subscribersLimitsAreSharedAmongItsActiveEndpoints() throws Exception {
        // Given
        EndpointRegistration one = Registrations.active("wh_1", "ten_1", TYPE).toBuilder()
                .subscriberId("sub_1")
                .build();
        EndpointRegistration two = Registrations.active("wh_2", "ten_1", TYPE).toBuilder()
                .subscriberId("sub_1")
                .build();
        put(one);
        put(two);
        put(Registrations.active("wh_3", "ten_1", TYPE));
        assertThat(registry.sharersWith(one)).isEqualTo(2);

        // When
        put(two.toBuilder().version(2).isActive(false).build());

        // Then
        assertThat(registry.sharersWith(one)).isEqualTo(1);
        put(two.toBuilder().version(3).build());
        assertThat(registry.sharersWith(one)).isEqualTo(2);
        registry.retainOnly(Set.of("wh_3"));
        assertThat(registry.sharersWith(one)).isEqualTo(1);
    }

    @Test
    void matchesTheActiveEndpointsOfTheTenantAlone() throws Exception {
        // Given
        put(Registrations.active("wh_1", "ten_1", TYPE));
        put(Registrations.active("wh_2", "ten_2", TYPE));
        put(Registrations.of("wh_3", "ten_1", 1, 1, false, TYPE));

        // Then
        assertThat(registry.match("ten_1", List.of(TYPE)))
                .extracting(match -> match.endpoint().id())
                .containsExactly("wh_1");
        assertThat(registry.match("ten_3", List.of(TYPE))).isEmpty();
        assertThat(registry.find("wh_3")).isNotNull();
        assertThat(registry.size()).isEqualTo(3);
    }

    @Test
    void matchesAnEndpointThatThePlatformDisabledSoThatWhatItMissesIsKnown() throws Exception {
        // When
        put(Registrations.of("wh_1", "ten_1", 1, 1, false, TYPE).toBuilder()
                .disabledReason("It answered 410.")
                .build());

        // Then
        assertThat(registry.match("ten_1", List.of(TYPE))).hasSize(1);
    }

    @Test
    void countsEndpointsWhoseFilterCannotBeCompiledWhileThereAreAny() throws Exception {
        // Given
        var invalid = Registrations.active("wh_1", "ten_1", TYPE).toBuilder()
                .filters("{\"a\": {\"$newer\": 1}}")
                .build();

        // When
        put(invalid);
        int before = registry.invalidFilters();
        put(invalid.toBuilder().version(2).filters("{\"a\": 1}").build());

        // Then
        assertThat(before).isEqualTo(1);
        assertThat(registry.invalidFilters()).isZero();
        assertThat(registry.match("ten_1", List.of(TYPE))).hasSize(1);
    }

    @Test
    void takesALaterVersionInPlaceOfTheFormer() throws Exception {
        // Given
        put(Registrations.of("wh_1", "ten_1", 1, 1, true, TYPE));

        // When
        put(Registrations.of("wh_1", "ten_1", 1, 2, true, "order.paid"));

        // Then
        assertThat(registry.match("ten_1", List.of(TYPE))).isEmpty();
        assertThat(registry.match("ten_1", List.of("order.paid"))).hasSize(1);
        assertThat(registry.size()).isEqualTo(1);
    }

    @Test
    void ignoresTheSameAndALowerVersion() throws Exception {
        // Given
        put(Registrations.of("wh_1", "ten_1", 2, 5, true, TYPE));

        // When
        put(Registrations.of("wh_1", "ten_1", 2, 5, true, "order.paid"));
        put(Registrations.of("wh_1", "ten_1", 2, 4, true, "order.paid"));
        put(Registrations.of("wh_1", "ten_1", 1, 9, true, "order.paid"));

        // Then
        assertThat(registry.match("ten_1", List.of(TYPE))).hasSize(1);
        assertThat(registry.match("ten_1", List.of("order.paid"))).isEmpty();
    }

    @Test
    void takesALowerVersionOfAHigherEpoch() throws Exception {
        // Given
        put(Registrations.of("wh_1", "ten_1", 1, 9, true, TYPE));

        // When
        put(Registrations.of("wh_1", "ten_1", 2, 1, false, TYPE));

        // Then
        assertThat(registry.match("ten_1", List.of(TYPE))).isEmpty();
    }

    @Test
    void matchesADisabledEndpointAgainOnceItIsEnabled() throws Exception {
        // Given
        put(Registrations.of("wh_1", "ten_1", 1, 1, false, TYPE));

        // When
        put(Registrations.of("wh_1", "ten_1", 1, 2, true, TYPE));

        // Then
        assertThat(registry.match("ten_1", List.of(TYPE))).hasSize(1);
    }

    @Test
    void forgetsADeletedEndpointAndDoesNotLetALateRecordBringItBack() throws Exception {
        // Given
        put(Registrations.of("wh_1", "ten_1", 1, 2, true, TYPE));
        apply("wh_1", null);

        // When
        put(Registrations.of("wh_1", "ten_1", 1, 1, true, TYPE));

        // Then
        assertThat(registry.find("wh_1")).isNull();
        assertThat(registry.match("ten_1", List.of(TYPE))).isEmpty();
        assertThat(registry.size()).isZero();
    }

    @Test
    void bringsBackADeletedEndpointThatARestoreKnows() throws Exception {
        // Given
        put(Registrations.of("wh_1", "ten_1", 1, 2, true, TYPE));
        apply("wh_1", null);

        // When
        put(Registrations.of("wh_1", "ten_1", 2, 1, true, TYPE));

        // Then
        assertThat(registry.match("ten_1", List.of(TYPE))).hasSize(1);
    }

    @Test
    void takesATombstoneOfAnEndpointItNeverKnew() throws Exception {
        // When
        apply("wh_1", null);

        // Then
        assertThat(registry.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"endpoint_id\":\"wh_1\"}",
                "{\"endpoint_id\":\"wh_2\",\"tenant_id\":\"ten_1\",\"url\":\"https://example.com/\",\"method\":\"POST\","
                        + "\"events\":[\"*\"],\"headers\":{},\"secrets\":[],\"payload_format\":\"standard\","
                        + "\"header_prefix\":\"X-\",\"timeout_ms\":1,\"max_in_flight\":1,\"is_active\":true}",
                "{\"endpoint_id\":\"wh_1\",\"tenant_id\":\"ten_1\",\"url\":\"https://example.com/\",\"method\":\"POST\","
                        + "\"events\":[\"*\",null],\"headers\":{},\"secrets\":[],\"payload_format\":\"standard\","
                        + "\"header_prefix\":\"X-\",\"timeout_ms\":1,\"max_in_flight\":1,\"is_active\":true}",
                "{\"endpoint_id\":\"wh_1\",\"tenant_id\":\"ten_1\",\"url\":\"https://example.com/\",\"method\":\"POST\","
                        + "\"events\":[\"*\"],\"headers\":{},\"secrets\":[],\"payload_format\":\"standard\","
                        + "\"header_prefix\":\"X-\",\"timeout_ms\":1,\"max_in_flight\":0,\"is_active\":true}"
            })
    void refusesWhatIsNoRegistrationOfItsKeyAndKeepsWhatItHad(String json) throws Exception {
        // Given
        put(Registrations.active("wh_1", "ten_1", TYPE));

        // Then
        assertThatThrownBy(() -> apply("wh_1", json.getBytes(UTF_8))).isInstanceOf(IOException.class);
        assertThat(registry.match("ten_1", List.of(TYPE))).hasSize(1);
        assertThat(registry.match("ten_1", List.of("order.paid"))).isEmpty();
    }

    @Test
    @Timeout(20)
    void neverMissesAnEndpointThatChangesWhileAnEventIsMatched() throws Exception {
        // Given
        put(Registrations.of("wh_1", "ten_1", 1, 1, true, TYPE));

        // When
        CompletableFuture<Void> changes = CompletableFuture.runAsync(() -> {
            for (int version = 2; version < 20_000; version++) {
                put(Registrations.of("wh_1", "ten_1", 1, version, true, version % 2 == 0 ? "*" : TYPE));
            }
        });

        // Then
        while (!changes.isDone()) {
            assertThat(registry.match("ten_1", List.of(TYPE))).hasSize(1);
        }
        changes.get();
    }

    private void put(EndpointRegistration registration) {
        try {
            apply(registration.endpointId(), Json.write(registration));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void apply(String key, byte @Nullable [] value) throws IOException {
        registry.apply(new CompactedRecord(key, value, 0, Instant.EPOCH));
    }
}
