package io.stockhook.subscription.webhook;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as it is to be. What is null is inherited, from its subscriber, its tenant's settings or the platform, or has its default;
 * but an existing webhook keeps its secret, its headers and its auth.
 *
 * @param name what its people call it; null for the url's host
 * @param description what it is for; null for nothing
 * @param url where deliveries go
 * @param method null for {@code POST}
 * @param events patterns of event types
 * @param headers additional request headers; the value {@code ***} keeps the one that is stored
 * @param secret what deliveries are signed with; null to have one made
 * @param isActive null for true
 * @param retryConfig what follows a failed attempt; null to inherit it
 * @param payloadFormat how a body is built; null to inherit it
 * @param filters what an event's data has to satisfy; null or empty for nothing
 * @param template the body's, where the format is {@code template}; kept and not used where it is not
 * @param headerPrefix what headers begin with; null to inherit it, {@code X-Webhook-} in the end
 * @param signature null to inherit it, {@code v1} alone in the end
 * @param timeout of one attempt, in milliseconds; null to inherit it, 10000 in the end
 * @param maxInFlight how many attempts at once; null to inherit it, 64 in the end
 * @param rateLimit null to inherit it, as many requests as come in the end
 * @param breaker null to inherit it, the platform's settings in the end
 * @param debugMode whether whole requests and responses are recorded; null to inherit it, not in the end
 * @param delay how long after an event it is delivered, in milliseconds; null for at once
 * @param mode how deliveries reach it; null for each in its own request, at once
 * @param parallelism over how many owners its deliveries are spread; null for 1
 * @param metadata the tenant's own notes; null for none
 * @param auth how deliveries authenticate beside their signature; the value {@code ***} keeps the secret that is stored;
 *     null to inherit it from the subscriber
 * @param subscriberId the external system it belongs to and inherits from; null for none
 * @param payloadVersion the version of its event type's payload in which it wants the data; null for the newest
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

        @Schema(description = "What follows a failed attempt; inherited if left out.") @Valid @Nullable
        RetryConfig retryConfig,

        @Schema(description = "How a delivery's body is built; inherited if left out.", examples = "standard") @Nullable
        PayloadFormat payloadFormat,

        @Schema(
                description =
                        "What an event's data has to satisfy to be delivered: fields and what they must be. A value,"
                                + " a list of values, or operators ($eq $ne $in $nin $gt $gte $lt $lte $exists $startsWith"
                                + " $endsWith $regex $and $or $not); `min_x` and `max_x` bound `x`. Every key must hold.",
                type = SchemaType.OBJECT,
                implementation = Object.class,
                examples = "{\"order_status\": [\"confirmed\", \"shipped\"], \"min_amount\": 100}")
        @Nullable
        ObjectNode filters,

        @Schema(
                description =
                        "The body for `payload_format` `template`: Mustache that gives JSON. `{{name}}` is a field's"
                                + " text, `{{{name}}}` its JSON, `{{{data}}}` all of the data. `@name` stands for the template"
                                + " of that name in the tenant's settings.",
                examples = "{\"text\": \"{{name}} costs {{price}}\", \"event\": \"{{type}}\"}")
        @Nullable
        String template,

        @Schema(
                description =
                        "What the headers of a delivery begin with, the Standard Webhooks ones aside; inherited if left"
                                + " out, `X-Webhook-` in the end.",
                examples = "X-Acme-")
        @Nullable
        String headerPrefix,

        @Schema(description = "How deliveries are signed; inherited if left out, `v1` alone in the end.")
        @Valid
        @Nullable
        SignatureRequest signature,

        @Schema(
                description =
                        "How long one attempt may take in all, in milliseconds; inherited if left out, 10000 in the end.",
                examples = "10000")
        @Min(1_000)
        @Max(30_000)
        @Nullable
        Integer timeout,

        @Schema(
                description = "How many attempts may be under way at once; inherited if left out, 64 in the end.",
                examples = "64")
        @Min(1)
        @Max(1_000)
        @Nullable
        Integer maxInFlight,

        @Schema(description = "How many requests the endpoint takes; inherited if left out.") @Valid @Nullable
        RateLimit rateLimit,

        @Schema(description = "When the endpoint's circuit opens; inherited if left out.") @Valid @Nullable
        Breaker breaker,

        @Schema(
                description =
                        "Whether the log keeps the request and the response of each attempt whole, up to 64 KiB each;"
                                + " else the body of the request is not kept and of the response the first KiB. Inherited if left"
                                + " out, false in the end.",
                examples = "false")
        @Nullable
        Boolean debugMode,

        @Schema(
                description = "How long after an event, or after the time it is scheduled for, it is delivered, in"
                        + " milliseconds; 30 days at the most.",
                defaultValue = "0",
                examples = "60000")
        @Min(0)
        @Max(MAX_DELAY_MS)
        @Nullable
        Long delay,

        @Schema(description = "How deliveries reach it; each in its own request, at once, if left out.")
        @Valid
        @Nullable
        DeliveryMode mode,

        @Schema(
                description = "Over how many owners its deliveries are spread, for an endpoint that takes more than one"
                        + " instance can send. Each has its part of `max_in_flight` and `rate_limit`, and its own"
                        + " circuit. Not together with an ordered mode.",
                defaultValue = "1",
                examples = "1")
        @Min(1)
        @Max(MAX_PARALLELISM)
        @Nullable
        Integer parallelism,

        @Schema(description = "Notes of your own; nothing reads them.", examples = "{\"team\": \"logistics\"}")
        @Size(max = 50)
        @Nullable
        Map<@Size(min = 1, max = 64) @PlainText String, @NotNull @Size(max = 512) String> metadata,

        @Schema(
                description =
                        "How deliveries authenticate beside their signature. Left out of a PUT, it stays; left out of a"
                                + " new webhook, or null in a PATCH, it is the subscriber's. `none` keeps that away.")
        @Valid
        @Nullable
        WebhookAuth auth,

        @Schema(
                description =
                        "The external system that it belongs to, whose limits it shares and from which it inherits.",
                examples = "sub_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f")
        @Nullable
        String subscriberId,

        @Schema(
                description =
                        "The version of its event type's payload in which it gets the data, for types that have it; the"
                                + " newest if left out.",
                examples = "1")
        @Min(1)
        @Max(MAX_PAYLOAD_VERSION)
        @Nullable
        Integer payloadVersion) {

    private static final int MAX_PARALLELISM = 12;
    private static final int MAX_PAYLOAD_VERSION = 1_000;
    private static final long MAX_DELAY_MS = 30 * RetryConfig.DAY_MS;

    /** The same, with none of the headers that are stored, as far as it names none. */
    WebhookRequest keepingNoHeaders() {
        return with(headers == null ? Map.of() : headers, auth);
    }

    /**
     * The same, leaving the auth as it is stored if that is what was sent back: a certificate that has expired since is no obstacle to
     * another change.
     *
     * @param shown what a reader is shown of the stored auth
     */
    WebhookRequest keeping(WebhookAuth shown) {
        return shown.equals(auth) ? with(headers, null) : this;
    }

    private WebhookRequest with(@Nullable Map<String, String> otherHeaders, @Nullable WebhookAuth otherAuth) {
        return new WebhookRequest(
                name,
                description,
                url,
                method,
                events,
                otherHeaders,
                secret,
                isActive,
                retryConfig,
                payloadFormat,
                filters,
                template,
                headerPrefix,
                signature,
                timeout,
                maxInFlight,
                rateLimit,
                breaker,
                debugMode,
                delay,
                mode,
                parallelism,
                metadata,
                otherAuth,
                subscriberId,
                payloadVersion);
    }
}
