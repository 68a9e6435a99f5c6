package io.stockhook.subscription.token;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Makes the first signing key at the start, and the next ones when it is time. */
@Singleton
class TokenKeyRotation {

    private final TokenKeys keys;

    TokenKeyRotation(TokenKeys keys) {
        this.keys = keys;
    }

    void atStart(@Observes StartupEvent event) {
        TenantScope.asSystem(keys::tidy);
    }

    @Scheduled(every = "10m", delayed = "10m", concurrentExecution = ConcurrentExecution.SKIP)
    void tidy() {
        TenantScope.asSystem(keys::tidy);
    }
}
