package io.stockhook.subscription.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhook.events.EventTypes;
import io.stockhook.events.schema.PayloadSchema;
import io.stockhook.subscription.eventtype.SubscribableTypes;
import io.stockhook.subscription.eventtype.SubscribableTypes.Subscribable;
import io.stockhook.web.problem.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of a webhook's subscription is allowed and still worth a second look. */
@ApplicationScoped
class SubscriptionWarnings {

    private static final int MAX_WARNINGS = 50;

    private final SubscribableTypes types;

    SubscriptionWarnings(SubscribableTypes types) {
        this.types = types;
    }

    /** The warnings, by the field that each is about. */
    List<FieldError> of(Webhook webhook) {
        List<Subscribable> known = types.ofTenant(webhook.tenantId);
        List<FieldError> warnings = new ArrayList<>(ofPatterns(webhook.events, known));
        List<Subscribable> subscribed = known.stream()
                .filter(type -> webhook.events.stream().anyMatch(type::isCoveredBy))
                .toList();
        warnings.addAll(ofVersion(webhook.payloadVersion, subscribed));
        JsonNode filter = FilterText.read(webhook.filters);
        if (filter != null && !subscribed.isEmpty()) {
            Set<String> names = new LinkedHashSet<>();
            subscribed.forEach(type -> names.add(type.name()));
            types.schemasOfTenant(webhook.tenantId, names)
                    .ifPresent(schemas -> warnings.addAll(ofFilter(filter, schemas)));
        }
        return warnings.stream().limit(MAX_WARNINGS).toList();
    }

    static List<FieldError> ofPatterns(List<String> patterns, List<Subscribable> known) {
        List<FieldError> warnings = new ArrayList<>();
        for (int index = 0; index < patterns.size(); index++) {
            String pattern = patterns.get(index);
            String field = "events[%d]".formatted(index);
            List<Subscribable> covered =
                    known.stream().filter(type -> type.isCoveredBy(pattern)).toList();
            if (covered.isEmpty() && !pattern.equals(EventTypes.ANY)) {
                warnings.add(new FieldError(
                        field,
                        "There is no event type that '%s' covers; it gets what is published under that name."
                                .formatted(pattern)));
            }
            for (Subscribable type : covered) {
                if (type.deprecated() && type.spellings().contains(pattern)) {
                    warnings.add(new FieldError(field, deprecated(type)));
                }
            }
        }
        return warnings;
    }

    static List<FieldError> ofVersion(@Nullable Integer version, List<Subscribable> subscribed) {
        int newest =
                subscribed.stream().mapToInt(Subscribable::latestVersion).max().orElse(0);
        return version == null || newest == 0 || version <= newest
                ? List.of()
                : List.of(new FieldError(
                        "payload_version",
                        "No event type that it subscribes to has it; the newest is %d.".formatted(newest)));
    }

    static List<FieldError> ofFilter(JsonNode filter, List<PayloadSchema> schemas) {
        List<FieldError> warnings = new ArrayList<>();
        for (FilterFields.Field field : FilterFields.of(filter)) {
            String bounded = field.bounded();
            boolean isThere = schemas.stream()
                    .anyMatch(schema -> schema.mayHave(field.path()) || (bounded != null && schema.mayHave(bounded)));
            if (!isThere) {
                warnings.add(new FieldError(
                        field.place(),
                        "The schema of no event type that it subscribes to has '%s'."
                                .formatted(bounded == null ? field.path() : bounded)));
            }
        }
        return warnings;
    }

    private static String deprecated(Subscribable type) {
        return type.replacement() == null
                ? "The event type %s is deprecated.".formatted(type.name())
                : "The event type %s is deprecated; subscribe to %s instead."
                        .formatted(type.name(), type.replacement());
    }
}
