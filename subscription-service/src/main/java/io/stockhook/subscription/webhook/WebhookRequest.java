package io.stockhook.subscription.webhook;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.stockhook.subscription.tenant.PayloadFormat;
import io.stockhook.web.validation.PlainText;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as it is to be. What is null has its default, except that an existing webhook keeps its secret and its headers.
 *
 * @param name what its people call it; null for the url's host
 * @param description what it is for; null for nothing
 * @param url where deliveries go
 * @param method null for {@code POST}
 * @param events patterns of event types
 * @param headers additional request headers; the value {@code ***} keeps the one that is stored
 * @param secret what deliveries are signed with; null to have one made
 * @param isActive null for true
 * @param retryConfig null for the platform's default schedule
 * @param payloadFormat null for the tenant's
 * @param headerPrefix null for {@code X-Webhook-}
 * @param timeout of one attempt, in milliseconds; null for 10000
 * @param maxInFlight how many attempts at once; null for 64
 * @param delay how long after an event it is delivered, in milliseconds; null for at once
 * @param metadata the tenant's own notes; null for none
 */
@Schema(name = "WebhookRequest", description = "A webhook as it is to be.")
public record WebhookRequest(
        @Schema(description = "What its people call it; the url's host if left out.", examples = "order_notifications")
        @Size(min = 1, max = 200)
        @PlainText
        @Nullable
        String name,

        @Schema(description = "What it is for.", examples = "Keeps the ERP up to date.") @Size(max = 2000) @Nullable
        String description,

        @Schema(
                description = "Where deliveries go: https, on a host that is reachable from the public internet.",
                examples = "https://your-app.example.com/webhooks/orders")
        @NotNull
        String url,

        @Schema(description = "The HTTP method of a delivery.", defaultValue = "POST", examples = "POST") @Nullable
        Method method,

        @Schema(
                description = "The event types it gets: names, `product.*` for all below, or `*` for all.",
                examples = "[\"product.created\", \"inventory.*\"]")
        @NotEmpty
        @Size(max = 100)
        List<@NotNull String> events,

        @Schema(
                description = "Additional request headers. The values are encrypted at rest and read as `***`;"
                        + " sent back as `***` a value stays as it is. Left out of a PUT, all stay.",
                examples = "{\"Authorization\": \"Bearer your-secret-token\"}")
        @Size(max = 20)
        @Nullable
        Map<String, @NotNull String> headers,

        @Schema(
                description = "What deliveries are signed with: 16 to 255 characters, or `whsec_` and the base64 of"
                        + " 24 to 64 bytes. Made if left out, and shown once. Left out of a PUT, it stays.",
                examples = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        @Nullable
        String secret,

        @Schema(description = "Whether it gets deliveries; `active` is taken as well.", defaultValue = "true")
        @JsonAlias("active")
        @Nullable
        Boolean isActive,

        @Schema(description = "What follows a failed attempt; the platform's default schedule if left out.")
        @Valid
        @Nullable
        RetryConfig retryConfig,

        @Schema(
                description = "How a delivery's body is built; the tenant's setting if left out.",
                examples = "standard")
        @Nullable
        PayloadFormat payloadFormat,

        @Schema(
                description = "What the headers of a delivery begin with, the Standard Webhooks ones aside.",
                defaultValue = "X-Webhook-",
                examples = "X-Acme-")
        @Nullable
        String headerPrefix,

        @Schema(
                description = "How long one attempt may take in all, in milliseconds.",
                defaultValue = "10000",
                examples = "10000")
        @Min(1_000)
        @Max(30_000)
        @Nullable
        Integer timeout,

        @Schema(description = "How many attempts may be under way at once.", defaultValue = "64", examples = "64")
        @Min(1)
        @Max(1_000)
        @Nullable
        Integer maxInFlight,

        @Schema(
                description = "How long after an event, or after the time it is scheduled for, it is delivered, in"
                        + " milliseconds; 30 days at the most.",
                defaultValue = "0",
                examples = "60000")
        @Min(0)
        @Max(MAX_DELAY_MS)
        @Nullable
        Long delay,

        @Schema(description = "Notes of your own; nothing reads them.", examples = "{\"team\": \"logistics\"}")
        @Size(max = 50)
        @Nullable
        Map<@Size(min = 1, max = 64) @PlainText String, @NotNull @Size(max = 512) String> metadata) {

    private static final long MAX_DELAY_MS = 30 * RetryConfig.DAY_MS;

    /** The same, with no headers rather than those that are stored. */
    WebhookRequest withoutHeaders() {
        return new WebhookRequest(
                name,
                description,
                url,
                method,
                events,
                Map.of(),
                secret,
                isActive,
                retryConfig,
                payloadFormat,
                headerPrefix,
                timeout,
                maxInFlight,
                delay,
                metadata);
    }
}
