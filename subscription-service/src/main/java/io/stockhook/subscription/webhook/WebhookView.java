package io.stockhook.subscription.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhook.subscription.tenant.PayloadFormat;
import io.stockhook.web.etag.Versioned;
import io.stockhook.web.problem.FieldError;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as it is shown.
 *
 * @param id {@code wh_...}
 * @param headers names with masked values
 * @param secret in the answers to creation and rotation, and never again
 * @param previousSecretValidUntil until when deliveries are signed with an older secret as well; null if they are not
 * @param disabledReason why the platform disabled it, for a person; null if it is active or a person disabled it
 * @param disabledCode the same as a reason code, {@code gone}, {@code consecutive_failures} or {@code head_exhausted}; null with it
 * @param disabledAt when it was disabled, by whomever; null if it is active
 * @param retryConfig as it holds, whoever says it, like the rest; null for the platform's default schedule
 * @param filters null if every event of its types is delivered
 * @param template null if there is none
 * @param rateLimit null for as many requests as come
 * @param breaker null for the platform's settings
 * @param auth its secrets masked; null for none
 * @param subscriberId null if it belongs to none
 * @param subscriberActive null if it belongs to none; false if it gets nothing because its subscriber is inactive
 * @param inherited the fields that it does not say itself, by their names in the API
 * @param managedBy the feature that keeps it; null for the tenant itself
 * @param payloadVersion null for the newest
 * @param warnings what is worth a second look; null in lists, which do not look
 * @param version raised by every change
 */
@Schema(name = "Webhook", description = "The registration of an endpoint that events are delivered to.")
public record WebhookView(
        @Schema(description = "The webhook's identifier.", examples = "wh_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f")
        String id,

        @Schema(description = "Whose it is.", examples = "ten_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f")
        String tenantId,

        @Schema(description = "What its people call it.", examples = "order_notifications")
        String name,

        @Schema(description = "What it is for.", examples = "Keeps the ERP up to date.") @Nullable
        String description,

        @Schema(description = "Where deliveries go.", examples = "https://your-app.example.com/webhooks/orders")
        String url,

        @Schema(description = "The HTTP method of a delivery.", examples = "POST")
        Method method,

        @Schema(description = "The event types it gets.", examples = "[\"product.created\", \"inventory.*\"]")
        List<String> events,

        @Schema(
                description = "Additional request headers, their values masked.",
                examples = "{\"Authorization\": \"***\"}")
        Map<String, String> headers,

        @Schema(
                description =
                        "What deliveries are signed with; in the answers to creation and rotation, and never again.",
                examples = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String secret,

        @Schema(
                description = "Until when deliveries are signed with an older secret as well.",
                examples = "2026-01-16T10:30:00Z")
        @Nullable
        Instant previousSecretValidUntil,

        @Schema(description = "Whether it gets deliveries.", examples = "true")
        boolean isActive,

        @Schema(
                description = "Why the platform disabled it; null if it is active or a person disabled it.",
                examples = "100 attempts in a row failed since 2026-01-15T10:30:00Z, the last one with http_500.")
        @Nullable
        String disabledReason,

        @Schema(
                description =
                        "The same as a code: `consecutive_failures`, `gone` after a 410, or `head_exhausted` where the mode is ordered.",
                examples = "consecutive_failures")
        @Nullable
        String disabledCode,

        @Schema(description = "When it was disabled, by whomever.", examples = "2026-01-15T10:45:00Z") @Nullable
        Instant disabledAt,

        @Schema(description = "What follows a failed attempt; null for the platform's default schedule.") @Nullable
        RetryConfig retryConfig,

        @Schema(description = "How a delivery's body is built.", examples = "standard")
        PayloadFormat payloadFormat,

        @Schema(
                description = "What an event's data has to satisfy to be delivered; null if nothing.",
                type = SchemaType.OBJECT,
                implementation = Object.class,
                examples = "{\"order_status\": [\"confirmed\", \"shipped\"], \"min_amount\": 100}")
        @Nullable
        ObjectNode filters,

        @Schema(
                description = "The body's template, used where the format is `template`.",
                examples = "{\"text\": \"{{name}} costs {{price}}\"}")
        @Nullable
        String template,

        @Schema(description = "What the headers of a delivery begin with.", examples = "X-Webhook-")
        String headerPrefix,

        @Schema(description = "How deliveries are signed.") SignatureView signature,

        @Schema(description = "How long one attempt may take in all, in milliseconds.", examples = "10000")
        int timeout,

        @Schema(description = "How many attempts may be under way at once.", examples = "64")
        int maxInFlight,

        @Schema(description = "How many requests the endpoint takes; null for as many as come.") @Nullable
        RateLimit rateLimit,

        @Schema(description = "When its circuit opens; null for the platform's settings.") @Nullable
        Breaker breaker,

        @Schema(description = "Whether the log keeps requests and responses whole.", examples = "false")
        boolean debugMode,

        @Schema(
                description = "How long after an event, or after the time it is scheduled for, it is delivered, in"
                        + " milliseconds.",
                examples = "0")
        long delay,

        @Schema(description = "How deliveries reach it.") DeliveryMode mode,

        @Schema(description = "Over how many owners its deliveries are spread.", examples = "1")
        int parallelism,

        @Schema(description = "The tenant's own notes.", examples = "{\"team\": \"logistics\"}")
        Map<String, String> metadata,

        @Schema(
                description =
                        "How deliveries authenticate beside their signature, its secrets masked; null for not at all.")
        @Nullable
        WebhookAuth auth,

        @Schema(
                description = "The external system that it belongs to; null if none.",
                examples = "sub_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f")
        @Nullable
        String subscriberId,

        @Schema(
                description =
                        "Whether its subscriber is active: while it is not, deliveries are held. Null without one.",
                examples = "true")
        @Nullable
        Boolean subscriberActive,

        @Schema(
                description = "From whom it has what it does not say itself; the values shown are those that hold.",
                type = SchemaType.OBJECT,
                implementation = Object.class,
                examples =
                        "{\"retry_config\": \"subscriber\", \"timeout\": \"tenant\", \"payload_format\": \"platform\"}")
        Map<String, Origin> inherited,

        @Schema(
                description =
                        "The integration that it belongs to, which alone changes it; null if it is the tenant's own.",
                examples = "slack")
        @Nullable
        String managedBy,

        @Schema(
                description = "The version of its event type's payload in which it gets the data; null for the newest.",
                examples = "1")
        @Nullable
        Integer payloadVersion,

        @Schema(
                description =
                        "What is worth a second look: a pattern that covers no known event type, a deprecated event"
                                + " type, a filter field that no subscribed type has. Not in lists.",
                examples = "[]")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        List<FieldError> warnings,

        @Schema(description = "Raised by every change; the ETag.", examples = "1")
        long version,

        @Schema(description = "When it was created.", examples = "2026-01-15T10:30:00Z")
        Instant createdAt,

        @Schema(description = "When it was last changed.", examples = "2026-01-15T10:30:00Z")
        Instant updatedAt)
        implements Versioned {}
