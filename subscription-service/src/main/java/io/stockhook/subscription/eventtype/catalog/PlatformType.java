package io.stockhook.subscription.eventtype.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhook.events.schema.PayloadSchema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event type that every tenant has.
 *
 * @param name its canonical name
 * @param displayName for a person
 * @param description when it happens
 * @param category the name of its category
 * @param emittedBy the service that emits it; {@code publishers} for whoever publishes it
 * @param aliases its other spellings
 * @param deprecation why it is not to be subscribed to any more; null if it is
 * @param versions at least one, the newest last
 */
public record PlatformType(
        String name,
        String displayName,
        String description,
        String category,
        String emittedBy,
        List<String> aliases,
        @Nullable Deprecation deprecation,
        List<Version> versions) {

    /**
     * Why a type is not to be subscribed to any more.
     *
     * @param reason for a person
     * @param replacement the type to subscribe to instead; null if there is none
     */
    public record Deprecation(String reason, @Nullable String replacement) {}

    /**
     * A version of its payload.
     *
     * @param version from 1 up
     * @param description what is new in it; null for nothing to say
     * @param payloadSchema JSON Schema 2020-12
     * @param schema the same, compiled
     * @param examplePayload data that satisfies it
     * @param downgrade a template that makes data of the version before; null for none
     * @param since since when events are published in it
     */
    public record Version(
            int version,
            @Nullable String description,
            ObjectNode payloadSchema,
            PayloadSchema schema,
            ObjectNode examplePayload,
            @Nullable String downgrade,
            Instant since) {}

    /** The newest version. */
    public Version newest() {
        return versions.get(versions.size() - 1);
    }
}
