package io.stockhook.subscription.webhook;

import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EndpointRegistration.EncryptedSecret;
import io.stockhook.events.EndpointRegistration.RetryConfig;
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

/** A row of the table {@code webhook}. Its collections are replaced, never changed. */
@Entity
class Webhook {

    @Id
    String id;

    @Column
    String tenantId;

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
    String payloadFormat;

    @Column
    @Nullable
    String filters;

    @Column
    @Nullable
    String template;

    @Column
    String headerPrefix;

    @Column
    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> signatureSchemes;

    @Column
    @JdbcTypeCode(SqlTypes.JSON)
    List<KeyPair> keyPairs;

    @Column
    int timeoutMs;

    @Column
    int maxInFlight;

    @Column
    long delayMs;

    @Column
    boolean debugMode;

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

    /** Null for none. */
    @Column
    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    StoredAuth auth;

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
