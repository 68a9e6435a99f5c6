package io.stockhook.delivery.registry;

import io.stockhook.events.EndpointRegistration;
import java.util.List;
import java.util.Map;

/** Registrations for tests that are about one trait of them. */
final class Registrations {

    private Registrations() {}

    static EndpointRegistration active(String id, String tenantId, String... patterns) {
        return of(id, tenantId, 1, 1, true, patterns);
    }

    static EndpointRegistration of(
            String id, String tenantId, int epoch, long version, boolean isActive, String... patterns) {
        return new EndpointRegistration(
                id,
                tenantId,
                null,
                epoch,
                version,
                "name",
                "https://example.com/",
                "POST",
                List.of(patterns),
                Map.of(),
                List.of(),
                isActive,
                null,
                "standard",
                "X-Webhook-",
                10_000,
                64,
                null);
    }
}
