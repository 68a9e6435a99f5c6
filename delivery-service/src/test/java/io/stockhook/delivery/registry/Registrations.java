package io.stockhook.delivery.registry;

import io.stockhook.events.EndpointRegistration;
import java.util.List;

/** Registrations for tests that are about one trait of them. */
final class Registrations {

    private Registrations() {}

    static EndpointRegistration active(String id, String tenantId, String... patterns) {
        return of(id, tenantId, 1, 1, true, patterns);
    }

    static EndpointRegistration of(
            String id, String tenantId, int epoch, long version, boolean isActive, String... patterns) {
        return EndpointRegistration.builder(id, tenantId, "https://example.com/", List.of(patterns))
                .epoch(epoch)
                .version(version)
                .isActive(isActive)
                .build();
    }
}
