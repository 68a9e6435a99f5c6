package io.stockhook.subscription.subscriber;

import io.stockhook.subscription.webhook.DeliveryPreferences;
import io.stockhook.subscription.webhook.StoredAuth;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code subscriber}. */
@Entity
class Subscriber {

    @Id
    String id;

    @Column
    String tenantId;

    @Column
    String name;

    @Column
    @Nullable
    String externalReference;

    @Column
    @Nullable
    String description;

    @Column
    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    Contact contact;

    @Column
    boolean isActive;

    @Column
    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    StoredAuth auth;

    @Column
    @JdbcTypeCode(SqlTypes.JSON)
    SubscriberLimits limits;

    @Column
    @JdbcTypeCode(SqlTypes.JSON)
    DeliveryPreferences preferences;

    @Column
    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, String> metadata;

    @Column
    long version;

    @Column
    Instant createdAt;

    @Column
    Instant updatedAt;
}
