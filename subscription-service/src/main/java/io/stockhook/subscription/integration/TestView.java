package io.stockhook.subscription.integration;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The answer to a test of an integration. */
@Schema(name = "IntegrationTest", description = "The answer to a test of an integration.")
public record TestView(
        @Schema(description = "What came of it.") Result testResult) {

    /**
     * What came of a test.
     *
     * @param responseTime in milliseconds
     */
    @Schema(name = "IntegrationTestResult", description = "What came of a test. It is not kept.")
    public record Result(
            @Schema(description = "`success` if the provider took it, else `failed`.", examples = "success")
            String status,

            @Schema(description = "What it means.", examples = "Slack took it.")
            String message,

            @Schema(description = "The event type that the sample was sent as.", examples = "order.created")
            String event,

            @Schema(description = "The webhook that it was sent by.", examples = "wh_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f")
            String webhookId,

            @Schema(description = "The body, secrets as `***`.", examples = "{\"text\":\"Order ORD-123\"}") @Nullable
            String bodySent,

            @Schema(description = "The response's status; null if there was none.", examples = "200") @Nullable
            Integer responseCode,

            @Schema(description = "The beginning of the response's body.", examples = "ok") @Nullable
            String responseBody,

            @Schema(description = "How long it took, in milliseconds.", examples = "180")
            long responseTime,

            @Schema(description = "What went wrong, for programs; null if nothing did.", examples = "http_404")
            @Nullable
            String error,

            @Schema(description = "When it was sent.", examples = "2026-01-15T10:40:00Z")
            Instant timestamp) {}
}
