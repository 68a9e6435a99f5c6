package io.stockhook.delivery.replay;

import io.stockhook.delivery.query.Conditions;
import io.stockhook.delivery.query.DeadLetterFilter;
import io.stockhook.delivery.query.DeliveryFilter;
import io.stockhook.delivery.query.DeliveryStatus;
import io.stockhook.events.EventTypeNames;
import io.stockhook.events.Ids;
import io.stockhook.web.problem.Problems;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries or dead letters bulk work is about. All that is given must hold; null stands for any.
 *
 * @param ids of deliveries or of dead letters
 * @param eventType a type's canonical name, once it has been requested
 * @param status of deliveries; null for dead letters
 * @param since when they came to stand where they stand, or later; null for dead letters
 */
record Selection(
        @Nullable List<String> ids,
        @Nullable String webhookId,
        @Nullable String eventType,
        @Nullable List<DeliveryStatus> status,
        @Nullable String startDate,
        @Nullable String endDate,
        @Nullable Instant since) {

    /** How many ids a request may name. */
    static final int MAX_IDS = 1_000;

    /**
     * The selection as conditions on {@code delivery}.
     *
     * @param until only what stands where it stands since then or longer, so that work does not meet what it has begun
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 400 naming the field that does not fit
     */
    Conditions onDeliveries(String tenantId, Instant until) {
        Conditions conditions = new DeliveryFilter(webhookId, eventType, null, startDate, endDate, null)
                .conditions(tenantId, EventTypeNames.NONE);
        conditions.and("last_attempt_at <= ?", timestamp(until));
        if (since != null) {
            conditions.and("last_attempt_at >= ?", timestamp(since));
        }
        if (status != null) {
            conditions.and(status.stream()
                    .map(one -> '\'' + one.wireName() + '\'')
                    .collect(Collectors.joining(", ", "status in (", ")")));
        }
        if (ids != null) {
            conditions.and("delivery_id = any(?::uuid[])", uuids(Ids.Kind.DELIVERY, ids));
        }
        return conditions;
    }

    /**
     * The selection as conditions on {@code dead_letter}.
     *
     * @param until only what was given up by then
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 400 naming the field that does not fit
     */
    Conditions onDeadLetters(String tenantId, Instant until) {
        Conditions conditions = new DeadLetterFilter(webhookId, eventType, startDate, endDate)
                .conditions(tenantId, EventTypeNames.NONE);
        conditions.and("dead_at <= ?", timestamp(until));
        if (ids != null) {
            conditions.and("dead_letter_id = any(?::uuid[])", uuids(Ids.Kind.DEAD_LETTER, ids));
        }
        return conditions;
    }

    private static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** An array as PostgreSQL reads it from text. */
    private static String uuids(Ids.Kind kind, List<String> ids) {
        return ids.stream()
                .map(id -> {
                    if (!Ids.isA(kind, id)) {
                        throw Problems.badField(
                                "ids", "'%s' is not an id, %s_ and 32 hex digits.".formatted(shown(id), kind.prefix()));
                    }
                    return Ids.uuid(kind, id).toString();
                })
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String shown(String id) {
        return id.length() <= 100 ? id : id.substring(0, 100) + "...";
    }
}
