package io.stockhook.subscription.integration;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code integration}: a provider that a tenant has configured. Its collections are replaced, never changed. */
@Entity
class Integration {

    @Id
    String id;

    @Column
    String tenantId;

    /** The provider's. */
    @Column
    String name;

    /** The values that are no secrets, by their fields' names. */
    @Column
    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, String> config;

    /** The values that are, encrypted. */
    @Column
    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, String> secrets;

    @Column
    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, Notification> notifications;

    @Column
    @Nullable
    String messageTemplate;

    @Column
    long version;

    @Column
    Instant createdAt;

    @Column
    Instant updatedAt;
}
