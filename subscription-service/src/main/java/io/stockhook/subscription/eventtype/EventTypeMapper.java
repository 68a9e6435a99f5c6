package io.stockhook.subscription.eventtype;

import io.stockhook.events.EventTypeRecord;
import io.stockhook.subscription.eventtype.catalog.PlatformType;
import io.stockhook.web.problem.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Between event types, the platform's and the tenants' own, and what others see of them. */
@ApplicationScoped
class EventTypeMapper {

    /** The category of a tenant's type that names none. */
    static final String DEFAULT_CATEGORY = "custom";

    private static final String PUBLISHERS = "publishers";
    private static final long PLATFORMS_REVISION = 1;

    /** Writes what may change of a type over its row. */
    void apply(EventTypeChange change, EventType type) {
        type.displayName = change.displayName() == null ? displayName(type.name) : change.displayName();
        type.description = change.description();
        type.category = Objects.requireNonNullElse(change.category(), DEFAULT_CATEGORY);
        type.deprecated = change.isDeprecated();
        type.deprecationReason = change.deprecationReason();
        type.replacement = change.replacement();
    }

    /** A row as the request that would make it so. */
    EventTypeChange change(EventType type) {
        return new EventTypeChange(
                type.displayName,
                type.description,
                type.category,
                type.deprecated,
                type.deprecationReason,
                type.replacement);
    }

    EventTypeView view(EventType type, EventTypeVersion newest, long webhooks, @Nullable Instant lastTriggered) {
        return new EventTypeView(
                type.name,
                type.displayName,
                type.description,
                type.category,
                List.of(),
                true,
                PUBLISHERS,
                newest.version,
                JsonText.read(newest.payloadSchema),
                JsonText.read(newest.examplePayload),
                type.deprecated,
                type.deprecationReason,
                type.replacement,
                webhooks,
                lastTriggered,
                type.revision,
                type.createdAt,
                type.updatedAt);
    }

    EventTypeView view(PlatformType type, long webhooks, @Nullable Instant lastTriggered) {
        PlatformType.Version newest = type.newest();
        PlatformType.Deprecation deprecation = type.deprecation();
        return new EventTypeView(
                type.name(),
                type.displayName(),
                type.description(),
                type.category(),
                type.aliases(),
                false,
                type.emittedBy(),
                newest.version(),
                newest.payloadSchema(),
                newest.examplePayload(),
                deprecation != null,
                deprecation == null ? null : deprecation.reason(),
                deprecation == null ? null : deprecation.replacement(),
                webhooks,
                lastTriggered,
                PLATFORMS_REVISION,
                null,
                null);
    }

    EventTypeVersionView view(String name, EventTypeVersion version, List<FieldError> breaks) {
        return new EventTypeVersionView(
                name,
                version.version,
                version.description,
                JsonText.read(version.payloadSchema),
                JsonText.read(version.examplePayload),
                version.downgrade,
                breaks,
                version.createdAt);
    }

    EventTypeVersionView view(String name, PlatformType.Version version, List<FieldError> breaks) {
        return new EventTypeVersionView(
                name,
                version.version(),
                version.description(),
                version.payloadSchema(),
                version.examplePayload(),
                version.downgrade(),
                breaks,
                version.since().equals(Instant.EPOCH) ? null : version.since());
    }

    EventTypeRecord topicRecord(EventType type, List<EventTypeVersion> versions) {
        return new EventTypeRecord(
                type.tenantId,
                type.name,
                List.of(),
                type.deprecated,
                versions.stream()
                        .map(version -> new EventTypeRecord.Version(
                                version.version, version.payloadSchema, version.downgrade, version.createdAt))
                        .toList());
    }

    EventTypeRecord topicRecord(PlatformType type) {
        return new EventTypeRecord(
                null,
                type.name(),
                type.aliases(),
                type.deprecation() != null,
                type.versions().stream()
                        .map(version -> new EventTypeRecord.Version(
                                version.version(),
                                JsonText.of(version.payloadSchema()),
                                version.downgrade(),
                                version.since()))
                        .toList());
    }

    /** What people would call a name: {@code crm.lead_won} is Crm lead won. */
    static String displayName(String name) {
        String words = name.replace('.', ' ').replace('_', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
