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
 * @param payloadFormat {@code standard}, {@code classic}, {@code cloudevents}, {@code raw} or {@code template}
 * @param headerPrefix what the {@code X-Webhook-} headers begin with
 * @param timeoutMs how long one attempt may take in all, in milliseconds
 * @param maxInFlight how many attempts may be under way at once
 * @param retry the policy after a failed attempt; null for the platform's default schedule
 * @param filters the JSON object that an event's data has to satisfy; null if every event does
 * @param payloadVersion the version of its event type's payload that the endpoint wants; null for the newest
 * @param template the body's template where the format is {@code template}; else null
 * @param signing how requests are signed; null for {@code v1} alone
 * @param auth how requests authenticate beside their signature; null for not at all
 * @param rateLimit how many requests it takes in a time; null for as many as come
 * @param breaker when its circuit opens; null for the platform's settings
 * @param delayMs how long after an event it wants it, in milliseconds
 * @param isDebug whether whole requests and responses are recorded
 * @param ordered in which order it wants its events, one at a time; null for any
 * @param batch how many events it wants in one request; null for each in its own
 * @param confirm how it confirms what it took with 202; null if 2xx is all there is to it
 * @param parallelism over how many owners its deliveries are spread, 1 for one that sees all of them; each has its part of the limits
 * @param subscriberRateLimit how many requests all endpoints of its subscriber take together; null for as many as come
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
        @Nullable RetryConfig retry,
        @Nullable String filters,
        @Nullable Integer payloadVersion,
        @Nullable String template,
        @Nullable Signing signing,
        @Nullable Auth auth,
        @Nullable RateLimit rateLimit,
        @Nullable Breaker breaker,
        long delayMs,
        boolean isDebug,
        @Nullable Ordered ordered,
        @Nullable Batch batch,
        @Nullable Confirm confirm,
        int parallelism,
        @Nullable RateLimit subscriberRateLimit) {

    /** One that was written before endpoints could be spread has one owner. */
    public EndpointRegistration {
        parallelism = Math.max(1, parallelism);
    }

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
     * An endpoint's own retry policy: delays that grow, a list of them, or, with neither, those of the platform's default schedule.
     *
     * @param maxRetries how many retries follow the first attempt, 0 to 50; null if the delays do not grow
     * @param retryDelayMs before the first retry, in milliseconds; null for none
     * @param backoffMultiplier by which each further delay grows, 1 to 10; null for not at all
     * @param maxDelayMs the longest of the delays that grow, in milliseconds; null for a day
     * @param scheduleMs the delays before the first, second, ... retry, in milliseconds; excludes those that grow; null for no list
     * @param jitter by how much a delay is spread either way, as a share of it, 0 to 1; null for the platform's share
     * @param retryOn the failures that are tried again, see {@link RetryConditions}; null for all of them
     * @param respectRetryAfter whether {@code Retry-After} is honoured on 429 and 503; null for yes
     * @param maxDurationMs how long after a run's first attempt a retry may be due, in milliseconds; null for any time
     */
    public record RetryConfig(
            @Nullable Integer maxRetries,
            @Nullable Long retryDelayMs,
            @Nullable Double backoffMultiplier,
            @Nullable Long maxDelayMs,
            @Nullable List<Long> scheduleMs,
            @Nullable Double jitter,
            @Nullable List<String> retryOn,
            @Nullable Boolean respectRetryAfter,
            @Nullable Long maxDurationMs) {

        /** Delays that grow, and nothing else of its own. */
        public RetryConfig(int maxRetries, long retryDelayMs, double backoffMultiplier, @Nullable Long maxDelayMs) {
            this(maxRetries, retryDelayMs, backoffMultiplier, maxDelayMs, null, null, null, null, null);
        }
    }

    /**
     * How requests are signed.
     *
     * @param schemes {@code v1}, {@code v1a} or both, at least one
     * @param privateKeys the Ed25519 private keys of {@code v1a}, newest first; none without it
     */
    public record Signing(List<String> schemes, List<EncryptedSecret> privateKeys) {}

    /**
     * How requests authenticate.
     *
     * @param type {@code basic}, {@code bearer}, {@code api_key}, {@code oauth2} or {@code mutual_tls}
     * @param encrypted what the type needs, as a JSON object, encrypted
     */
    public record Auth(String type, String encrypted) {}

    /**
     * A token bucket.
     *
     * @param limit requests that are granted in a period, at least 1
     * @param periodMs how long the period is, in milliseconds
     * @param burst how many may go at once, at least 1
     */
    public record RateLimit(int limit, long periodMs, int burst) {}

    /**
     * When a circuit opens and closes again.
     *
     * @param isEnabled false if it never opens
     * @param failureRate the share of failed attempts from which on it opens, above 0 and at most 1
     * @param minimumAttempts how many attempts the share is taken of at least
     * @param windowMs how far back attempts count, in milliseconds
     * @param openMs how long it stays open before it lets a probe through, in milliseconds
     */
    public record Breaker(boolean isEnabled, double failureRate, int minimumAttempts, long windowMs, long openMs) {}

    /**
     * Deliveries one at a time, in the order of their events.
     *
     * @param orderingKey the dotted path of the field within whose values the order holds; null for one order of all events
     * @param suspends whether the endpoint waits when a delivery has used up its retries; else that one is skipped
     */
    public record Ordered(@Nullable String orderingKey, boolean suspends) {}

    /**
     * Many events in one request.
     *
     * @param maxSize how many at the most, 2 to 1,000
     * @param maxWaitMs how long the first waits for more, in milliseconds, at most 20,000
     */
    public record Batch(int maxSize, long maxWaitMs) {}

    /**
     * Deliveries that are taken with 202 and confirmed later.
     *
     * @param withinMs how long after the 202 the confirmation is waited for, in milliseconds
     */
    public record Confirm(long withinMs) {}

    /** Begins a registration; what it is not told has its default. */
    public static Builder builder(String endpointId, String tenantId, String url, List<String> events) {
        return new Builder(endpointId, tenantId, url, events);
    }

    /** Begins a registration that differs from this one in what it is told. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** What an endpoint's secrets are bound to: copied to another endpoint they do not decrypt. */
    public static String secretOwner(String endpointId) {
        return "endpoint:" + endpointId;
    }

    /** Makes registrations; see the record's components for what each value means. */
    public static final class Builder {
        private final String endpointId;
        private final String tenantId;
        private @Nullable String subscriberId;
        private int epoch = 1;
        private long version = 1;
        private String name = "";
        private String url;
        private String method = "POST";
        private List<String> events;
        private Map<String, String> headers = Map.of();
        private List<EncryptedSecret> secrets = List.of();
        private boolean isActive = true;
        private @Nullable String disabledReason;
        private String payloadFormat = DEFAULT_PAYLOAD_FORMAT;
        private String headerPrefix = DEFAULT_HEADER_PREFIX;
        private int timeoutMs = DEFAULT_TIMEOUT_MS;
        private int maxInFlight = DEFAULT_MAX_IN_FLIGHT;
        private @Nullable RetryConfig retry;
        private @Nullable String filters;
        private @Nullable Integer payloadVersion;
        private @Nullable String template;
        private @Nullable Signing signing;
        private @Nullable Auth auth;
        private @Nullable RateLimit rateLimit;
        private @Nullable Breaker breaker;
        private long delayMs;
        private boolean isDebug;
        private @Nullable Ordered ordered;
        private @Nullable Batch batch;
        private @Nullable Confirm confirm;
        private int parallelism = 1;
        private @Nullable RateLimit subscriberRateLimit;

        private Builder(String endpointId, String tenantId, String url, List<String> events) {
            this.endpointId = endpointId;
            this.tenantId = tenantId;
            this.url = url;
            this.events = events;
        }

        private Builder(EndpointRegistration from) {
            this.endpointId = from.endpointId;
            this.tenantId = from.tenantId;
            this.subscriberId = from.subscriberId;
            this.epoch = from.epoch;
            this.version = from.version;
            this.name = from.name;
            this.url = from.url;
            this.method = from.method;
            this.events = from.events;
            this.headers = from.headers;
            this.secrets = from.secrets;
            this.isActive = from.isActive;
            this.disabledReason = from.disabledReason;
            this.payloadFormat = from.payloadFormat;
            this.headerPrefix = from.headerPrefix;
            this.timeoutMs = from.timeoutMs;
            this.maxInFlight = from.maxInFlight;
            this.retry = from.retry;
            this.filters = from.filters;
            this.payloadVersion = from.payloadVersion;
            this.template = from.template;
            this.signing = from.signing;
            this.auth = from.auth;
            this.rateLimit = from.rateLimit;
            this.breaker = from.breaker;
            this.delayMs = from.delayMs;
            this.isDebug = from.isDebug;
            this.ordered = from.ordered;
            this.batch = from.batch;
            this.confirm = from.confirm;
            this.parallelism = from.parallelism;
            this.subscriberRateLimit = from.subscriberRateLimit;
        }

        public Builder subscriberId(@Nullable String value) {
            subscriberId = value;
            return this;
        }

        public Builder epoch(int value) {
            epoch = value;
            return this;
        }

        public Builder version(long value) {
            version = value;
            return this;
        }

        public Builder name(String value) {
            name = value;
            return this;
        }

        public Builder url(String value) {
            url = value;
            return this;
        }

        public Builder method(String value) {
            method = value;
            return this;
        }

        public Builder events(List<String> value) {
            events = value;
            return this;
        }

        public Builder headers(Map<String, String> value) {
            headers = value;
            return this;
        }

        public Builder secrets(List<EncryptedSecret> value) {
            secrets = value;
            return this;
        }

        public Builder isActive(boolean value) {
            isActive = value;
            return this;
        }

        public Builder disabledReason(@Nullable String value) {
            disabledReason = value;
            return this;
        }

        public Builder payloadFormat(String value) {
            payloadFormat = value;
            return this;
        }

        public Builder headerPrefix(String value) {
            headerPrefix = value;
            return this;
        }

        public Builder timeoutMs(int value) {
            timeoutMs = value;
            return this;
        }

        public Builder maxInFlight(int value) {
            maxInFlight = value;
            return this;
        }

        public Builder retry(@Nullable RetryConfig value) {
            retry = value;
            return this;
        }

        public Builder filters(@Nullable String value) {
            filters = value;
            return this;
        }

        public Builder payloadVersion(@Nullable Integer value) {
            payloadVersion = value;
            return this;
        }

        public Builder template(@Nullable String value) {
            template = value;
            return this;
        }

        public Builder signing(@Nullable Signing value) {
            signing = value;
            return this;
        }

        public Builder auth(@Nullable Auth value) {
            auth = value;
            return this;
        }

        public Builder rateLimit(@Nullable RateLimit value) {
            rateLimit = value;
            return this;
        }

        public Builder breaker(@Nullable Breaker value) {
            breaker = value;
            return this;
        }

        public Builder delayMs(long value) {
            delayMs = value;
            return this;
        }

        public Builder isDebug(boolean value) {
            isDebug = value;
            return this;
        }

        public Builder ordered(@Nullable Ordered value) {
            ordered = value;
            return this;
        }

        public Builder batch(@Nullable Batch value) {
            batch = value;
            return this;
        }

        public Builder confirm(@Nullable Confirm value) {
            confirm = value;
            return this;
        }

        public Builder parallelism(int value) {
            parallelism = value;
            return this;
        }

        public Builder subscriberRateLimit(@Nullable RateLimit value) {
            subscriberRateLimit = value;
            return this;
        }

        /** The registration as told. */
        public EndpointRegistration build() {
            return new EndpointRegistration(
                    endpointId,
                    tenantId,
                    subscriberId,
                    epoch,
                    version,
                    name,
                    url,
                    method,
                    events,
                    headers,
                    secrets,
                    isActive,
                    disabledReason,
                    payloadFormat,
                    headerPrefix,
                    timeoutMs,
                    maxInFlight,
                    retry,
                    filters,
                    payloadVersion,
                    template,
                    signing,
                    auth,
                    rateLimit,
                    breaker,
                    delayMs,
                    isDebug,
                    ordered,
                    batch,
                    confirm,
                    parallelism,
                    subscriberRateLimit);
        }
    }
}
