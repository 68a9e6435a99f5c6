package io.stockhook.subscription.webhook;

import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EndpointRegistration.EncryptedSecret;
import io.stockhook.events.EndpointRegistration.RetryConfig;
import io.stockhook.events.EndpointRegistration.Sealed;
import io.stockhook.subscription.secret.KeyPairRing.KeyPair;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code webhook}. Its collections are replaced, never changed. What a webhook does not say itself, and has from its
 * subscriber, its tenant or the platform, is null.
 */
@Entity
class Webhook {

    @Id
    String id;

    @Column
    String tenantId;

    /** Null if it belongs to none. */
    @Column
    @Nullable
    String subscriberId;

    @Column
    String name;

    @Column
    @Nullable
    String description;

    @Column
    String url;

    @Column
    String method;

    @Column
    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> events;

    /** Names in the case they were given in, and encrypted values. */
    @Column
    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, String> headers;

    @Column
    @JdbcTypeCode(SqlTypes.JSON)
    List<EncryptedSecret> secrets;

    @Column
    boolean isActive;

    @Column
    @Nullable
    String disabledReason;

    @Column
    @Nullable
    String disabledCode;

    @Column
    @Nullable
    Instant disabledAt;

    @Column
    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    RetryConfig retry;

    @Column
    @Nullable
    String payloadFormat;

    @Column
    @Nullable
    String filters;

    @Column
    @Nullable
    String template;

    @Column
    @Nullable
    String headerPrefix;

    @Column
    @JdbcTypeCode(SqlTypes.ARRAY)
    @Nullable
    List<String> signatureSchemes;

    @Column
    @JdbcTypeCode(SqlTypes.JSON)
    List<KeyPair> keyPairs;

    @Column
    @Nullable
    Integer timeoutMs;

    @Column
    @Nullable
    Integer maxInFlight;

    @Column
    long delayMs;

    @Column
    @Nullable
    Boolean debugMode;

    /** Null for each delivery in its own request, at once. */
    @Column
    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    DeliveryMode mode;

    @Column
    int parallelism;

    @Column
    @JdbcTypeCode(SqlTypes.JSON)
    EndpointRegistration.@Nullable RateLimit rateLimit;

    @Column
    @JdbcTypeCode(SqlTypes.JSON)
    EndpointRegistration.@Nullable Breaker breaker;

    @Column
    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, String> metadata;

    /** Null for its subscriber's. */
    @Column
    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    StoredAuth auth;

    /** Since when the newest secret signs. */
    @Column
    Instant secretSince;

    /** The feature that keeps it for its tenant, {@code slack} for an integration; null if the tenant does itself. */
    @Column
    @Nullable
    String managedBy;

    /** What is used in place of url and template, encrypted; null if they are what is used. */
    @Column
    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    Sealed sealed;

    /** Null for the newest. */
    @Column
    @Nullable
    Integer payloadVersion;

    @Column
    long version;

    @Column
    Instant createdAt;

    @Column
    Instant updatedAt;
}
