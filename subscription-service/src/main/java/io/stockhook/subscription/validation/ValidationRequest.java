package io.stockhook.subscription.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhook.events.address.EndpointUrl;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What is to be looked at: one part at least.
 *
 * @param signature a request as it was received; null for none
 * @param payload data and what it is to be; null for none
 * @param url a webhook's url; null for none
 * @param filter a webhook's filter and data to try it on; null for none
 */
@Schema(name = "ValidationRequest", description = "What is to be looked at: one part at least.")
record ValidationRequest(
        @Schema(description = "A delivery as it was received.") @Valid @Nullable
        Signature signature,

        @Schema(description = "Data, and what it is to be.") @Valid @Nullable
        Payload payload,

        @Schema(description = "A url to point a webhook at.", examples = "https://hooks.example.com/stock")
        @Size(max = 4 * EndpointUrl.MAX_LENGTH)
        @Nullable
        String url,

        @Schema(description = "A webhook's filter, and data to try it on.") @Valid @Nullable
        Filter filter) {

    /**
     * A delivery as it was received, and what it is to be verified with: one of the first three.
     *
     * @param secret a secret; null for none
     * @param webhookId the webhook whose secrets and public keys are meant; null for none
     * @param publicKey {@code whpk_...}; null for none
     * @param headers names in any case, with their values
     * @param body the body as text; null if it is given in base64
     * @param bodyBase64 the body in base64; null if it is given as text
     * @param receivedAt when it was received; null for now
     */
    @Schema(name = "SignatureValidation", description = "A delivery as it was received, and what to verify it with.")
    record Signature(
            @Schema(
                    description = "The secret to verify with, as it was shown.",
                    examples = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
            @Size(min = 1, max = 512)
            @Nullable
            String secret,

            @Schema(
                    description = "In place of a secret: the webhook with whose secrets and public keys to verify.",
                    examples = "wh_0198c7a05f2e7c3ab1d94e6f7a8b9c0d")
            @Nullable
            String webhookId,

            @Schema(
                    description = "A public key to verify `v1a` with.",
                    examples = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=")
            @Size(max = 512)
            @Nullable
            String publicKey,

            @Schema(
                    description =
                            "The request's headers, all of them or those that begin with `webhook-` and `X-Webhook-`.",
                    examples =
                            "{\"webhook-id\": \"evt_0198c7a05f2e7c3ab1d94e6f7a8b9c0d\", \"webhook-timestamp\": \"1767225600\"}")
            @NotNull
            @Size(max = 100)
            Map<String, @Nullable @Size(max = 16_384) String> headers,

            @Schema(description = "The body, to the last character.", examples = "{\"type\":\"product.updated\"}")
            @Nullable
            String body,

            @Schema(description = "In place of `body`: its bytes in base64.", examples = "eyJ0eXBlIjoieCJ9") @Nullable
            String bodyBase64,

            @Schema(description = "When it was received; now if left out.", examples = "2026-01-31T12:00:00Z") @Nullable
            Instant receivedAt) {

        /** Without the secret, which no log is to hold. */
        @Override
        public String toString() {
            return "Signature[webhookId=%s]".formatted(webhookId);
        }
    }

    /**
     * Data, and an event type or a schema for it.
     *
     * @param eventType name or alias of an event type; null for the schema
     * @param version of its payload; null for the newest
     * @param schema JSON Schema 2020-12; null for that of the event type
     * @param data any JSON
     */
    @Schema(name = "PayloadValidation", description = "Data, and an event type or a schema for it.")
    record Payload(
            @Schema(description = "The event type whose schema is meant.", examples = "product.updated")
            @Size(max = 255)
            @Nullable
            String eventType,

            @Schema(description = "The version of its payload; the newest if left out.", examples = "1")
            @Min(1)
            @Nullable
            Integer version,

            @Schema(
                    description = "In place of an event type: a JSON Schema of the draft 2020-12.",
                    examples = "{\"type\": \"object\", \"required\": [\"order_id\"]}")
            @Nullable
            JsonNode schema,

            @Schema(description = "The data of an event.", examples = "{\"order_id\": \"ORD-1\"}") @NotNull
            JsonNode data) {}

    /**
     * A filter, and data to try it on.
     *
     * @param filters as in a webhook
     * @param sample the data of an event; null to look at the filter alone
     */
    @Schema(name = "FilterValidation", description = "A filter, and data to try it on.")
    record Filter(
            @Schema(description = "As in a webhook.", examples = "{\"min_amount\": 100}") @NotNull
            JsonNode filters,

            @Schema(
                    description = "The data of an event; if left out, the filter alone is looked at.",
                    examples = "{\"amount\": 80}")
            @Nullable
            JsonNode sample) {}
}
