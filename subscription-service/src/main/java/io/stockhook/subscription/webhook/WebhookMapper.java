package io.stockhook.subscription.webhook;

import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EndpointRegistration.EncryptedSecret;
import io.stockhook.events.SecretBox;
import io.stockhook.subscription.publication.PublicationConfig;
import io.stockhook.subscription.tenant.PayloadFormat;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Between a webhook's row and what goes in and out of it. Secrets enter encrypted, bound to their webhook. */
@ApplicationScoped
class WebhookMapper {

    private final SecretBox secrets;
    private final PublicationConfig publication;

    WebhookMapper(SecretBox secrets, PublicationConfig publication) {
        this.secrets = secrets;
        this.publication = publication;
    }

    /**
     * Writes a checked request over a row, its secret aside.
     *
     * @param tenantsFormat what the tenant's webhooks send unless they say otherwise
     */
    void apply(WebhookRequest request, PayloadFormat tenantsFormat, Webhook webhook) {
        webhook.name = orElse(request.name(), URI.create(request.url()).getAuthority());
        webhook.description = request.description();
        webhook.url = request.url();
        webhook.method = orElse(request.method(), Method.POST).name();
        webhook.events = List.copyOf(new LinkedHashSet<>(request.events()));
        if (request.headers() != null) {
            webhook.headers = encrypted(request.headers(), webhook);
        }
        webhook.retry = retry(request.retryConfig());
        webhook.payloadFormat = orElse(request.payloadFormat(), tenantsFormat).wireName();
        webhook.headerPrefix = orElse(request.headerPrefix(), EndpointRegistration.DEFAULT_HEADER_PREFIX);
        webhook.timeoutMs = orElse(request.timeout(), EndpointRegistration.DEFAULT_TIMEOUT_MS);
        webhook.maxInFlight = orElse(request.maxInFlight(), EndpointRegistration.DEFAULT_MAX_IN_FLIGHT);
        webhook.delayMs = orElse(request.delay(), 0L);
        webhook.metadata = orElse(request.metadata(), Map.of());
    }

    /** A secret as it is kept: encrypted, and of use to this webhook only. */
    String encrypted(String secret, Webhook webhook) {
        return secrets.encrypt(secret, EndpointRegistration.secretOwner(webhook.id));
    }

    WebhookView view(Webhook webhook) {
        return view(webhook, null);
    }

    /** The only view that holds a secret. */
    WebhookView viewWithSecret(Webhook webhook, String secret) {
        return view(webhook, secret);
    }

    /** The request that would make the webhook what it is; its secret and the values of its headers stay unsaid. */
    WebhookRequest request(Webhook webhook) {
        return new WebhookRequest(
                webhook.name,
                webhook.description,
                webhook.url,
                Method.valueOf(webhook.method),
                webhook.events,
                masked(webhook.headers),
                null,
                webhook.isActive,
                retryConfig(webhook.retry),
                PayloadFormat.of(webhook.payloadFormat),
                webhook.headerPrefix,
                webhook.timeoutMs,
                webhook.maxInFlight,
                webhook.delayMs,
                webhook.metadata);
    }

    EndpointRegistration registration(Webhook webhook) {
        return EndpointRegistration.builder(webhook.id, webhook.tenantId, webhook.url, webhook.events)
                .epoch(publication.epoch())
                .version(webhook.version)
                .name(webhook.name)
                .method(webhook.method)
                .headers(webhook.headers)
                .secrets(webhook.secrets)
                .isActive(webhook.isActive)
                .disabledReason(webhook.disabledReason)
                .payloadFormat(webhook.payloadFormat)
                .headerPrefix(webhook.headerPrefix)
                .timeoutMs(webhook.timeoutMs)
                .maxInFlight(webhook.maxInFlight)
                .delayMs(webhook.delayMs)
                .retry(webhook.retry)
                .build();
    }

    private static WebhookView view(Webhook webhook, @Nullable String secret) {
        return new WebhookView(
                webhook.id,
                webhook.tenantId,
                webhook.name,
                webhook.description,
                webhook.url,
                Method.valueOf(webhook.method),
                webhook.events,
                masked(webhook.headers),
                secret,
                previousSecretValidUntil(webhook.secrets),
                webhook.isActive,
                webhook.disabledReason,
                retryConfig(webhook.retry),
                PayloadFormat.of(webhook.payloadFormat),
                webhook.headerPrefix,
                webhook.timeoutMs,
                webhook.maxInFlight,
                webhook.delayMs,
                webhook.metadata,
                webhook.version,
                webhook.createdAt,
                webhook.updatedAt);
    }

    /** New values are encrypted; the mask stands for the value that is stored under the name, in whatever case. */
    private Map<String, String> encrypted(Map<String, String> headers, Webhook webhook) {
        Map<String, String> stored = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (webhook.headers != null) {
            stored.putAll(webhook.headers);
        }
        Map<String, String> encrypted = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            String kept = value.equals(WebhookRules.MASK) ? stored.get(name) : null;
            encrypted.put(name, kept == null ? encrypted(value, webhook) : kept);
        });
        return encrypted;
    }

    private static Map<String, String> masked(Map<String, String> headers) {
        Map<String, String> masked = new LinkedHashMap<>();
        headers.keySet().forEach(name -> masked.put(name, WebhookRules.MASK));
        return masked;
    }

    private static @Nullable Instant previousSecretValidUntil(List<EncryptedSecret> secrets) {
        Instant now = Instant.now();
        return secrets.stream()
                .map(EncryptedSecret::validUntil)
                .filter(Objects::nonNull)
                .filter(end -> end.isAfter(now))
                .max(Instant::compareTo)
                .orElse(null);
    }

    private static EndpointRegistration.@Nullable RetryConfig retry(@Nullable RetryConfig config) {
        return config == null
                ? null
                : new EndpointRegistration.RetryConfig(
                        orElse(config.maxRetries(), RetryConfig.DEFAULT_MAX_RETRIES),
                        orElse(config.retryDelay(), RetryConfig.DEFAULT_RETRY_DELAY_MS),
                        orElse(config.backoffMultiplier(), RetryConfig.DEFAULT_BACKOFF_MULTIPLIER),
                        config.maxDelay());
    }

    private static @Nullable RetryConfig retryConfig(EndpointRegistration.@Nullable RetryConfig retry) {
        return retry == null
                ? null
                : new RetryConfig(
                        retry.maxRetries(), retry.retryDelayMs(), retry.backoffMultiplier(), retry.maxDelayMs());
    }

    private static <T> T orElse(@Nullable T value, T fallback) {
        return value == null ? fallback : value;
    }
}
