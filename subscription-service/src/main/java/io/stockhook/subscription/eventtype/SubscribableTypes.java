package io.stockhook.subscription.eventtype;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhook.events.EventTypeNames;
import io.stockhook.events.EventTypes;
import io.stockhook.events.schema.PayloadSchema;
import io.stockhook.subscription.eventtype.catalog.Catalog;
import io.stockhook.subscription.eventtype.catalog.PlatformType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The event types that a tenant's webhooks can subscribe to, as webhooks look at them. */
@ApplicationScoped
public class SubscribableTypes {

    /** How many of a tenant's own types are looked into at once. */
    private static final int MAX_SCHEMAS = 50;

    private final Catalog catalog;
    private final EventTypeRepository types;
    private final EventTypeVersionRepository versions;

    SubscribableTypes(Catalog catalog, EventTypeRepository types, EventTypeVersionRepository versions) {
        this.catalog = catalog;
        this.types = types;
        this.versions = versions;
    }

    /**
     * A type that can be subscribed to.
     *
     * @param name its canonical name
     * @param spellings that name and its aliases
     * @param deprecated whether it is not to be subscribed to any more
     * @param replacement what to subscribe to instead; null for nothing
     * @param latestVersion the newest version of its payload
     */
    public record Subscribable(
            String name,
            List<String> spellings,
            boolean deprecated,
            @Nullable String replacement,
            int latestVersion) {

        /** Whether a pattern covers one of its spellings. */
        public boolean isCoveredBy(String pattern) {
            return spellings.stream().anyMatch(spelling -> EventTypes.covers(pattern, spelling));
        }
    }

    /** The spellings of all types. */
    public EventTypeNames names() {
        return catalog.names();
    }

    /** An example of the newest payload of a tenant's or the platform's type; empty if there is none, or no such type. */
    @Transactional
    public Optional<ObjectNode> exampleOf(String tenantId, String spelling) {
        Optional<EventType> own = types.findOfTenant(tenantId, spelling);
        if (own.isPresent() && own.get().id != null) {
            return versions.listNewestOfTenant(tenantId, List.of(own.get().id)).stream()
                    .map(version -> JsonText.read(version.examplePayload))
                    .filter(Objects::nonNull)
                    .findFirst();
        }
        String name = catalog.names().canonical(spelling);
        return catalog.types().stream()
                .filter(type -> type.name().equals(name))
                .map(type -> type.newest().examplePayload().deepCopy())
                .findFirst();
    }

    /** All that a tenant has. */
    @Transactional
    public List<Subscribable> ofTenant(String tenantId) {
        List<Subscribable> all = new ArrayList<>();
        Set<String> own = new HashSet<>();
        for (EventType type : types.listOfTenant(tenantId)) {
            own.add(type.name);
            all.add(new Subscribable(
                    type.name, List.of(type.name), type.deprecated, type.replacement, type.latestVersion));
        }
        for (PlatformType type : catalog.types()) {
            if (!own.contains(type.name())) {
                PlatformType.Deprecation deprecation = type.deprecation();
                all.add(new Subscribable(
                        type.name(),
                        catalog.names().spellings(type.name()),
                        deprecation != null,
                        deprecation == null ? null : deprecation.replacement(),
                        type.newest().version()));
            }
        }
        return all;
    }

    /** The schemas of these types' newest payloads; none where one of them has none, or there are too many to look into. */
    @Transactional
    public Optional<List<PayloadSchema>> schemasOfTenant(String tenantId, Collection<String> names) {
        List<PayloadSchema> schemas = new ArrayList<>();
        List<Long> own = new ArrayList<>();
        Set<String> ownNames = new HashSet<>();
        for (EventType type : types.listOfTenant(tenantId)) {
            if (names.contains(type.name) && type.id != null) {
                own.add(type.id);
                ownNames.add(type.name);
            }
        }
        if (own.size() > MAX_SCHEMAS) {
            return Optional.empty();
        }
        for (EventTypeVersion version : versions.listNewestOfTenant(tenantId, own)) {
            if (version.payloadSchema == null) {
                return Optional.empty();
            }
            schemas.add(PayloadSchema.compile(version.payloadSchema));
        }
        for (PlatformType type : catalog.types()) {
            if (names.contains(type.name()) && !ownNames.contains(type.name())) {
                schemas.add(type.newest().schema());
            }
        }
        return Optional.of(schemas);
    }
}
