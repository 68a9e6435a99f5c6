package io.stockhook.events;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * An event type as every service knows it, on {@link Topics#EVENT_TYPES} under {@link #key}; a tombstone ends it.
 *
 * @param tenantId whose it is; null for the platform's, which every tenant has
 * @param name its canonical name
 * @param aliases its other spellings; only types of the platform have any
 * @param deprecated whether it is not to be subscribed to any more
 * @param versions its payload's, at least one, from 1 up, the newest last
 */
public record EventTypeRecord(
        @Nullable String tenantId, String name, List<String> aliases, boolean deprecated, List<Version> versions) {

    private static final String PLATFORM = "platform";
    private static final String VERSIONS = "/versions/";
    private static final int MAX_DIGITS = 6;

    /**
     * A version of a type's payload.
     *
     * @param version from 1 up
     * @param payloadSchema JSON Schema 2020-12 that the data satisfies, see {@code PayloadSchema}; null for any object
     * @param downgrade a template, see {@code BodyTemplate}, that makes data of the version before of data of this one; null where leaving out
     *     what that version's schema does not name is enough
     * @param createdAt since when events are published in it
     */
    public record Version(
            int version,
            @Nullable String payloadSchema,
            @Nullable String downgrade,
            Instant createdAt) {}

    /** The record key of a type. */
    public static String key(@Nullable String tenantId, String name) {
        return (tenantId == null ? PLATFORM : tenantId) + ':' + name;
    }

    /**
     * The version that an event's {@code dataschema} names: one that ends in {@code /event-types/<name>/versions/<number>}, as each version's own
     * address does.
     *
     * @param name the event's type
     */
    public static OptionalInt versionNamedBy(@Nullable String dataSchema, String name) {
        String path = "/event-types/" + name + VERSIONS;
        int at = dataSchema == null ? -1 : dataSchema.lastIndexOf(path);
        if (dataSchema == null || at < 0) {
            return OptionalInt.empty();
        }
        String number = dataSchema.substring(at + path.length());
        boolean isNumber = !number.isEmpty()
                && number.length() <= MAX_DIGITS
                && number.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        return isNumber ? OptionalInt.of(Integer.parseInt(number)) : OptionalInt.empty();
    }
}
