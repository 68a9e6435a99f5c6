package io.stockhook.events;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a delivery needs to know of a webhook, on {@link Topics#ENDPOINTS}. Secrets and header values are encrypted by
 * {@link SecretBox}, bound to {@link #secretOwner}.
 *
 * @param endpointId the webhook's id, {@code wh_...}, and the record's key
 * @param tenantId whose it is
 * @param subscriberId the external system it belongs to; null if none
 * @param epoch raised when the control plane is restored from a backup; outranks the version
 * @param version raised by every change; a reader ignores a lower (epoch, version) than it has seen
 * @param name what its people call it
 * @param url where to post to
 * @param method the HTTP method, {@code POST} unless asked otherwise
 * @param events the patterns subscribed to, see {@link EventTypes}
 * @param headers names and encrypted values of additional request headers
 * @param secrets the signing secrets, newest first; more than one during a rotation
 * @param isActive false while disabled, by a person or by a verdict
 * @param disabledReason why it is disabled; null if it is active or a person disabled it
 * @param payloadFormat {@code standard}, {@code classic}, {@code cloudevents} or {@code raw}
 * @param headerPrefix what the {@code X-Webhook-} headers begin with
 * @param timeoutMs how long one attempt may take in all, in milliseconds
 * @param maxInFlight how many attempts may be under way at once
 * @param retry the policy after a failed attempt; null for the platform's default schedule
 */
public record EndpointRegistration(
        String endpointId,
        String tenantId,
        @Nullable String subscriberId,
        int epoch,
        long version,
        String name,
        String url,
        String method,
        List<String> events,
        Map<String, String> headers,
        List<EncryptedSecret> secrets,
        boolean isActive,
        @Nullable String disabledReason,
        String payloadFormat,
        String headerPrefix,
        int timeoutMs,
        int maxInFlight,
        @Nullable RetryConfig retry) {

    /** The format of a body unless its endpoint or tenant says otherwise. */
    public static final String DEFAULT_PAYLOAD_FORMAT = "standard";
    /** What the headers of a delivery begin with unless its endpoint says otherwise. */
    public static final String DEFAULT_HEADER_PREFIX = "X-Webhook-";
    /** How long an attempt may take unless its endpoint says otherwise, in milliseconds. */
    public static final int DEFAULT_TIMEOUT_MS = 10_000;
    /** How many attempts an endpoint may have under way at once unless it says otherwise. */
    public static final int DEFAULT_MAX_IN_FLIGHT = 64;

    /**
     * A signing secret.
     *
     * @param encrypted the secret, encrypted
     * @param validUntil when it stops signing; null for the current one
     */
    public record EncryptedSecret(
            String encrypted, @Nullable Instant validUntil) {}

    /**
     * An endpoint's own retry policy.
     *
     * @param maxRetries how many retries follow the first attempt, 0 to 50
     * @param retryDelayMs before the first retry, in milliseconds
     * @param backoffMultiplier by which each further delay grows, 1 to 10
     * @param maxDelayMs the longest delay, in milliseconds; null for a day
     */
    public record RetryConfig(
            int maxRetries,
            long retryDelayMs,
            double backoffMultiplier,
            @Nullable Long maxDelayMs) {}

    /** What an endpoint's secrets are bound to: copied to another endpoint they do not decrypt. */
    public static String secretOwner(String endpointId) {
        return "endpoint:" + endpointId;
    }
}
