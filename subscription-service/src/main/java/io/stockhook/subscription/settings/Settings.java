package io.stockhook.subscription.settings;

import io.stockhook.subscription.webhook.DeliveryPreferences;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code settings}: what a tenant has set that its own row does not say. */
@Entity
class Settings {

    @Id
    String tenantId;

    /** Without the payload format, which the tenant's row says. */
    @Column
    @JdbcTypeCode(SqlTypes.JSON)
    DeliveryPreferences preferences;

    @Column
    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, String> templates;

    @Column
    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    MonitoringTargets monitoring;

    @Column
    @Nullable
    Integer maxWebhooks;
}
