package io.stockhook.local;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The services, in the order of their ports, and the paths that belong to each. */
enum Service {
    INVENTORY("products", "stock-movements", "categories", "brands", "suppliers", "imports"),
    SUBSCRIPTION(
            "tenants",
            "webhooks",
            "event-types",
            "event-type-categories",
            "subscribers",
            "integrations",
            "api-keys",
            "auth",
            "security",
            "settings"),
    DELIVERY("deliveries", "dead-letters", "monitoring", "alert-rules", "alerts"),
    RECEIVER("webhooks/order", "events", "sources", "ingest", "requests", "mock-endpoints", "mock", "simulator");

    private static final String API = "/api/v1/";

    private final List<String> resources;

    Service(String... resources) {
        this.resources = List.of(resources);
    }

    /** Its short name, which is also that of its database and of its role there. */
    String shortName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its name and that of its directory in the repository. */
    String fullName() {
        return shortName() + "-service";
    }

    /** Where its documentation is. */
    String documentation() {
        return "/docs/" + shortName();
    }

    /** The prefixes, of whole path segments, of all that it serves. */
    List<String> prefixes() {
        Stream<String> api = resources.stream().map(resource -> API + resource);
        Stream<String> others = this == SUBSCRIPTION
                ? Stream.of(documentation(), "/docs/problems", "/.well-known/jwks.json")
                : Stream.of(documentation());
        return Stream.concat(api, others).toList();
    }
}
