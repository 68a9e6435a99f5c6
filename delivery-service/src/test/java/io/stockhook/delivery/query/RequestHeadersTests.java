package io.stockhook.delivery.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestHeadersTests {

    private static final RequestHeaders.Context CONTEXT = new RequestHeaders.Context(
            "dlv_1", "evt_1", "product.updated", 3, Instant.parse("2026-01-02T03:04:06.999Z"));

    @Test
    void headersThatTheDeliveryTellsArePutIn() {
        // When
        Map<String, String> headers = RequestHeaders.complete(
                Map.of("webhook-signature", "v1,abc", "X-Acme-Signature", "sha256=00", "X-Token", "***"), CONTEXT);

        // Then
        assertThat(headers)
                .containsEntry("webhook-id", "evt_1")
                .containsEntry("webhook-timestamp", "1767323046")
                .containsEntry("content-type", "application/json")
                .containsEntry("X-Acme-Event", "product.updated")
                .containsEntry("X-Acme-Delivery", "dlv_1")
                .containsEntry("X-Acme-Attempt", "3")
                .containsEntry("X-Token", "***")
                .hasSize(9);
    }

    @Test
    void whatWasRecordedWins() {
        // When
        Map<String, String> headers = RequestHeaders.complete(
                Map.of("X-Webhook-Signature", "sha256=00", "webhook-id", "evt_batch", "content-type", "text/plain"),
                CONTEXT);

        // Then
        assertThat(headers).containsEntry("webhook-id", "evt_batch").containsEntry("content-type", "text/plain");
    }

    @Test
    void nothingIsMadeUpWhereNothingWasComposed() {
        assertThat(RequestHeaders.complete(Map.of(), CONTEXT)).isEmpty();
    }
}
