package io.stockhook.subscription.integration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A third-party service and how events reach it: what it is told is data, what differs in kind is a {@link Composition} and an
 * {@link Acceptance}.
 *
 * @param name in paths and in {@code managed_by}
 * @param displayName for people
 * @param description what one gets of it
 * @param category what it is for
 * @param docsUrl the provider's own documentation of what is sent
 * @param fields what a configuration consists of
 * @param message what {@code message_template} becomes
 * @param defaultMessage the message where none is configured; null if there is no message
 * @param limits the provider's limits on the length of what is sent
 * @param perMinute how many requests it takes in a minute; null for as many as come
 * @param maxInFlight how many requests may be under way at once
 * @param composition makes the requests
 * @param acceptance tells success from failure, and says what a failure means
 */
record Provider(
        String name,
        String displayName,
        String description,
        Category category,
        String docsUrl,
        List<ConfigField> fields,
        MessageKind message,
        @Nullable String defaultMessage,
        List<Limit> limits,
        @Nullable Integer perMinute,
        int maxInFlight,
        Composition composition,
        Acceptance acceptance) {

    /** What a message template becomes. */
    enum MessageKind {
        /** A text within the provider's own body. */
        TEXT,
        /** The whole body, which is JSON. */
        BODY,
        /** Nothing: the provider takes no message. */
        NONE
    }

    /**
     * A bound on what is sent.
     *
     * @param pointer the text's place in the body (RFC 6901); empty for the body as a whole
     * @param max in characters, of the whole body in bytes
     */
    record Limit(String pointer, int max) {}

    /** The field of this name. */
    Optional<ConfigField> field(String fieldName) {
        return fields.stream().filter(field -> field.name().equals(fieldName)).findFirst();
    }

    /** What in a body is longer than the provider takes, for people. */
    List<String> tooLong(JsonNode body, int bytes) {
        List<String> warnings = new ArrayList<>();
        for (Limit limit : limits) {
            boolean isWhole = limit.pointer().isEmpty();
            int length = isWhole ? bytes : body.at(limit.pointer()).asText().length();
            if (length > limit.max()) {
                warnings.add("%s takes at most %d %s; this has %d."
                        .formatted(
                                displayName,
                                limit.max(),
                                isWhole ? "bytes in a request" : "characters in " + limit.pointer(),
                                length));
            }
        }
        return warnings;
    }
}
