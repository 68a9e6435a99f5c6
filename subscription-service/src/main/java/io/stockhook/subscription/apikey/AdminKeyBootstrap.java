package io.stockhook.subscription.apikey;

import io.quarkus.runtime.StartupEvent;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/** Makes the key whose hash the configuration holds the platform admin's, at every start. */
@Singleton
class AdminKeyBootstrap {

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    private final AdminConfig config;
    private final AdminKey adminKey;

    AdminKeyBootstrap(AdminConfig config, AdminKey adminKey) {
        this.config = config;
        this.adminKey = adminKey;
    }

    void atStart(@Observes StartupEvent event) {
        config.keyHash().ifPresent(hash -> {
            if (!SHA_256.matcher(hash).matches()) {
                throw new IllegalStateException("stockhook.admin.key-hash must be 64 lower-case hex digits");
            }
            TenantScope.asSystem(() -> adminKey.set(hash));
        });
    }
}
