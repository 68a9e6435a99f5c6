package io.stockhook.local;

import io.stockhook.platform.Database;
import java.util.HashMap;
import java.util.Map;

/**
 * What each service is configured with, beyond its own defaults.
 *
 * @param ports who listens where
 * @param keys the platform's secrets
 * @param bootstrapServers the broker
 * @param origin the front door's address as services and browsers of this machine reach it
 */
record ServiceSettings(PortPlan ports, Keys keys, String bootstrapServers, String origin) {

    /** Everything listens on loopback only: this platform is for one machine. */
    private static final String LOOPBACK = "127.0.0.1";

    /** Mock endpoints and whatever else runs on this machine may be posted to, over plain http. */
    private static final String LOOPBACK_RANGES = "127.0.0.0/8,::1/128";

    /** The properties of this service, by their names. */
    Map<String, String> of(Service service, Database database) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "quarkus.http.host", LOOPBACK,
                "quarkus.http.port", String.valueOf(ports.of(service)),
                "quarkus.management.host", LOOPBACK,
                "kafka.bootstrap.servers", bootstrapServers,
                "quarkus.datasource.jdbc.url", database.jdbcUrl(),
                "quarkus.datasource.username", database.username(),
                "quarkus.datasource.password", database.password(),
                "stockhook.secrets.master-keys", keys.masterKeys()));
        // The front door says where a request comes from, and nobody else is believed.
        settings.put("quarkus.http.proxy.proxy-address-forwarding", "true");
        settings.put("quarkus.http.proxy.trusted-proxies", LOOPBACK);
        settings.putAll(particular(service));
        return settings;
    }

    private Map<String, String> particular(Service service) {
        return switch (service) {
            case INVENTORY -> Map.of();
            case SUBSCRIPTION ->
                Map.of(
                        "stockhook.admin.key-hash", keys.adminKeyHash(),
                        "quarkus.rest-client.delivery-service.url",
                                "http://%s:%d".formatted(LOOPBACK, ports.of(Service.DELIVERY)),
                        "stockhook.address.allowed-ranges", LOOPBACK_RANGES);
            case DELIVERY -> Map.of("stockhook.address.allowed-ranges", LOOPBACK_RANGES);
            case RECEIVER -> Map.of("stockhook.mock.base-url", origin);
        };
    }
}
