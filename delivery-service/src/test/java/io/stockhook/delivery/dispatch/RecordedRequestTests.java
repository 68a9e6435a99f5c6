package io.stockhook.delivery.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.delivery.Tasks;
import io.stockhook.delivery.confirmation.ConfirmationTokens;
import io.stockhook.delivery.eventtype.PayloadVersions;
import io.stockhook.delivery.registry.Endpoint;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EndpointRegistration.EncryptedSecret;
import io.stockhook.events.EventTypeTable;
import io.stockhook.events.SecretBox;
import io.stockhook.events.address.AddressPolicy;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.events.delivery.DeliveryTask;
import io.stockhook.events.delivery.EventBatch;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordedRequestTests {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:06.999Z");
    private static final String OWNER = EndpointRegistration.secretOwner("wh_1");

    private final SecretBox box =
            SecretBox.fromConfig("k1:" + Base64.getEncoder().encodeToString(new byte[32]));
    private final PreparedEndpoints endpoints =
            new PreparedEndpoints(box, new AddressPolicy(List.of()), new EventTypeTable<>(PayloadVersions::of));

    @Test
    void onlyWhatTheAttemptDoesNotTellIsRecordedOutsideOfDebugMode() {
        // When
        DeliveryAttempt.Request recorded = recorded(false);

        // Then
        assertThat(recorded.headers())
                .containsOnlyKeys(
                        "Authorization", "X-Acme-Token", "traceparent", "webhook-signature", "X-Acme-Signature");
        assertThat(recorded.headers().get("webhook-signature")).startsWith("v1,");
        assertThat(recorded.headers().get("X-Acme-Signature")).startsWith("sha256=");
        assertThat(recorded.body()).isNull();
        assertThat(recorded.bodyBytes()).isPositive();
    }

    @Test
    void ofABatchIsRecordedWhatItsDeliveriesDoNotTell() {
        // Given
        PreparedEndpoints.Prepared endpoint = endpoints.of(endpoint(false), NOW);
        EventBatch.Part part = new EventBatch.Part(Tasks.first("evt_1"), new byte[] {'1'}, -1);
        DeliveryTask batch = DeliveryTask.batch(List.of(part, part), "application/json", NOW);

        // When
        DeliveryAttempt.Request recorded = RecordedRequest.of(
                new RequestComposer(new ConfirmationTokens(box), "1.2.3").compose(batch, endpoint, NOW), endpoint);

        // Then
        assertThat(recorded.headers())
                .containsEntry("X-Acme-Batch-Size", "2")
                .containsEntry("X-Acme-Event", "batch")
                .containsEntry("X-Acme-Delivery", batch.deliveryId())
                .containsEntry("webhook-id", batch.deliveryId());
    }

    @Test
    void allHeadersAndTheBodyAreRecordedInDebugMode() {
        // When
        DeliveryAttempt.Request recorded = recorded(true);

        // Then
        assertThat(recorded.headers())
                .containsEntry("X-Acme-Event", "catalog.product.created")
                .containsEntry("X-Acme-Attempt", "1")
                .containsEntry("webhook-id", "evt_1")
                .containsEntry("user-agent", "Stockhook/1.2.3");
        assertThat(recorded.body()).startsWith("{\"type\":\"catalog.product.created\"");
        assertThat(String.valueOf(recorded.body()).getBytes(StandardCharsets.UTF_8))
                .hasSize(recorded.bodyBytes());
    }

    @Test
    void theEndpointsOwnValuesAreMaskedAlsoWhereTheirNamesLookLikeOurs() {
        for (boolean isDebug : new boolean[] {true, false}) {
            // When
            DeliveryAttempt.Request recorded = recorded(isDebug);

            // Then
            assertThat(recorded.headers()).containsEntry("Authorization", "***").containsEntry("X-Acme-Token", "***");
            assertThat(recorded.toString()).doesNotContain("hush");
        }
    }

    @Test
    void aHeaderThatNobodyVouchesForIsMasked() {
        // Given
        PreparedEndpoints.Prepared endpoint = endpoints.of(endpoint(true), NOW);
        OutgoingRequest request =
                new RequestComposer(new ConfirmationTokens(box), "1.2.3").compose(Tasks.first("evt_1"), endpoint, NOW);
        request.headers().set("Proxy-Authorization", "Basic aHVzaA==");

        // When
        DeliveryAttempt.Request recorded = RecordedRequest.of(request, endpoint);

        // Then
        assertThat(recorded.headers()).containsEntry("Proxy-Authorization", "***");
    }

    @Test
    void noMoreOfABodyIsRecordedThanTheLogTakes() {
        // Given
        PreparedEndpoints.Prepared endpoint = endpoints.of(endpoint(true), NOW);
        byte[] body = "x".repeat(RecordedRequest.DEBUG_BODY_BYTES + 1).getBytes(StandardCharsets.UTF_8);
        OutgoingRequest request =
                new OutgoingRequest("POST", endpoint.url(), MultiMap.caseInsensitiveMultiMap(), body, true);

        // When
        DeliveryAttempt.Request recorded = RecordedRequest.of(request, endpoint);

        // Then
        assertThat(recorded.body()).hasSize(RecordedRequest.DEBUG_BODY_BYTES);
        assertThat(recorded.bodyBytes()).isEqualTo(RecordedRequest.DEBUG_BODY_BYTES + 1);
    }

    private DeliveryAttempt.Request recorded(boolean isDebug) {
        PreparedEndpoints.Prepared endpoint = endpoints.of(endpoint(isDebug), NOW);
        return RecordedRequest.of(
                new RequestComposer(new ConfirmationTokens(box), "1.2.3").compose(Tasks.first("evt_1"), endpoint, NOW),
                endpoint);
    }

    private Endpoint endpoint(boolean isDebug) {
        String secret = box.encrypt("whsec_Y3VycmVudA==", OWNER);
        return new Endpoint(EndpointRegistration.builder("wh_1", "ten_1", "https://example.com/hooks", List.of("*"))
                .headers(Map.of(
                        "Authorization", box.encrypt("Bearer hush", OWNER),
                        "X-Acme-Token", box.encrypt("hush", OWNER)))
                .headerPrefix("X-Acme-")
                .secrets(List.of(new EncryptedSecret(secret, null)))
                .isDebug(isDebug)
                .build());
    }
}
