package io.stockhook.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stockhook.events.Ids;
import io.stockhook.events.delivery.DeliveryTask;
import java.time.Instant;

/** Tasks for tests that are about one trait of them. */
public final class Tasks {

    /** When the event of every task here happened, and the first attempt is due. */
    public static final Instant EVENT_TIME = Instant.parse("2026-01-02T03:04:05.678Z");

    private Tasks() {}

    /** The first task of an event for {@code wh_1}. */
    public static DeliveryTask first(String eventId) {
        return of(eventId, 1, EVENT_TIME);
    }

    /** The task of an event whose attempt of this number is due at this time. */
    public static DeliveryTask of(String eventId, int attempt, Instant due) {
        return new DeliveryTask(
                Ids.delivery(eventId, "wh_1", EVENT_TIME),
                "wh_1",
                "ten_1",
                eventId,
                "product.created",
                "catalog.product.created",
                "/inventory",
                "prd_1",
                EVENT_TIME,
                null,
                1,
                attempt,
                0,
                due,
                DeliveryTask.Cause.EVENT,
                null,
                null,
                0,
                null,
                "{\"name\":\"Überraschung\"}".getBytes(UTF_8),
                null,
                null,
                null,
                null,
                0);
    }
}
