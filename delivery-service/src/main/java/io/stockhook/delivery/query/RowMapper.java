package io.stockhook.delivery.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockhook.events.Ids;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns rows of the log into what the API shows. */
@Singleton
class RowMapper {

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};
    private static final int MICROS_PER_MILLI = 1_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private final ObjectMapper json;

    RowMapper(ObjectMapper json) {
        this.json = json;
    }

    DeliveryView delivery(ResultSet row) throws SQLException {
        String id = Ids.format(Ids.Kind.DELIVERY, row.getObject("delivery_id", UUID.class));
        int durationMicros = row.getInt("duration_us");
        int attempts = row.getInt("attempts");
        return new DeliveryView(
                id,
                Ids.format(Ids.Kind.WEBHOOK, row.getObject("endpoint_id", UUID.class)),
                row.getString("event_id"),
                row.getString("event_type"),
                row.getString("subscribed_as"),
                DeliveryStatus.of(row.getString("status")),
                row.getString("reason"),
                row.getInt("run"),
                attempts,
                Math.max(0, attempts - 1),
                row.getObject("response_code", Integer.class),
                millis(durationMicros),
                row.getString("error_class"),
                row.getString("error_message"),
                optionalInstant(row, "next_retry_at"),
                Ids.time(Ids.Kind.DELIVERY, id),
                instant(row, "last_attempt_at").plusNanos(durationMicros * NANOS_PER_MICRO));
    }

    /**
     * An attempt of this delivery. The headers of its request that all requests of a delivery have are not stored, and are put in
     * here.
     */
    AttemptView attempt(ResultSet row, String deliveryId, String eventId, String subscribedAs) throws SQLException {
        boolean wasPosted = row.getString("url") != null;
        String method = row.getString("method");
        return new AttemptView(
                Ids.format(Ids.Kind.ATTEMPT, row.getObject("attempt_id", UUID.class)),
                row.getInt("run"),
                row.getInt("attempt"),
                instant(row, "started_at"),
                row.getString("url"),
                wasPosted && method == null ? "POST" : method,
                RequestHeaders.complete(
                        headers(row.getString("request_headers")),
                        new RequestHeaders.Context(
                                deliveryId, eventId, subscribedAs, row.getInt("attempt"), instant(row, "started_at"))),
                wasPosted ? row.getInt("request_body_bytes") : null,
                row.getString("request_body"),
                millis(row.getInt("duration_us")),
                optionalMillis(row, "connect_us"),
                optionalMillis(row, "first_byte_us"),
                row.getObject("response_code", Integer.class),
                headers(row.getString("response_headers")),
                row.getString("response_body"),
                row.getString("error_class"),
                row.getString("error_message"),
                row.getString("next"),
                row.getString("reason"),
                optionalInstant(row, "next_retry_at"));
    }

    DeadLetterView deadLetter(ResultSet row) throws SQLException {
        return new DeadLetterView(
                Ids.format(Ids.Kind.DEAD_LETTER, row.getObject("dead_letter_id", UUID.class)),
                Ids.format(Ids.Kind.DELIVERY, row.getObject("delivery_id", UUID.class)),
                Ids.format(Ids.Kind.WEBHOOK, row.getObject("endpoint_id", UUID.class)),
                row.getString("event_id"),
                row.getString("event_type"),
                row.getString("subscribed_as"),
                row.getInt("run"),
                row.getInt("attempt"),
                row.getString("reason"),
                row.getString("detail"),
                instant(row, "event_time"),
                instant(row, "dead_at"));
    }

    private Map<String, String> headers(@Nullable String column) {
        if (column == null) {
            return Map.of();
        }
        try {
            return json.readValue(column, HEADERS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("headers are written as a JSON object", e);
        }
    }

    private static long millis(int micros) {
        return Math.round((double) micros / MICROS_PER_MILLI);
    }

    private static @Nullable Long optionalMillis(ResultSet row, String column) throws SQLException {
        Integer micros = row.getObject(column, Integer.class);
        return micros == null ? null : millis(micros);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant optionalInstant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
