package io.stockhook.subscription.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the audit trail takes down of refusals, which anybody can cause. */
@ConfigMapping(prefix = "stockhook.audit")
public interface AuditConfig {

    /** How often security events are written; the same ones in between are one entry. */
    @WithDefault("5s")
    String eventInterval();

    /** How many different security events are written each time; what comes beyond is one entry with its number. */
    @WithDefault("50")
    int maxEvents();
}
