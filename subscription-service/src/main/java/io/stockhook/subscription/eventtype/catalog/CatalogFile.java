package io.stockhook.subscription.eventtype.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A data file as it is written.
 *
 * @param category what all its types belong to; by its name alone if another file says more of it
 * @param eventTypes the types
 */
record CatalogFile(
        @Nullable CategoryEntry category, @Nullable List<TypeEntry> eventTypes) {

    /** @param name the only one that may not be left out */
    record CategoryEntry(
            @Nullable String name,
            @Nullable String displayName,
            @Nullable String description) {}

    /** A type; one with a single version has schema and example itself, one with several has a list of them. */
    record TypeEntry(
            @Nullable String name,
            @Nullable String displayName,
            @Nullable String description,
            @Nullable String emittedBy,
            @Nullable List<String> aliases,
            PlatformType.@Nullable Deprecation deprecation,
            @Nullable ObjectNode payloadSchema,
            @Nullable ObjectNode examplePayload,
            @Nullable List<VersionEntry> versions) {}

    /** A version, the number of which is its place in the list. */
    record VersionEntry(
            @Nullable String description,
            @Nullable ObjectNode payloadSchema,
            @Nullable ObjectNode examplePayload,
            @Nullable String downgrade,
            @Nullable Instant since) {}
}
