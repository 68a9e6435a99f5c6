package io.stockhook.subscription.settings;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.stockhook.subscription.webhook.DeliveryPreferences;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** The settings by tenant; row-level security stands below. */
@ApplicationScoped
class SettingsRepository implements PanacheRepositoryBase<Settings, String> {

    /** The tenant's settings; made, and not stored, if it has set nothing. */
    Settings ofTenant(String tenantId) {
        return findByIdOptional(tenantId).orElseGet(() -> {
            var settings = new Settings();
            settings.tenantId = tenantId;
            settings.preferences = DeliveryPreferences.NONE;
            settings.templates = Map.of();
            return settings;
        });
    }
}
