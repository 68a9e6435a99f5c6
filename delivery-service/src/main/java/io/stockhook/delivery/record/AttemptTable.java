package io.stockhook.delivery.record;

import io.stockhook.events.Ids;
import io.stockhook.events.Json;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.events.delivery.DeliveryAttempt.Next;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Attempts, and the state that they leave their deliveries in. That a first attempt is scheduled is a state and no attempt. */
final class AttemptTable implements LogTable<DeliveryAttempt> {

    private static final String INSERT_ATTEMPTS = """
            insert into attempt (day, started_at, delivery_id, attempt_id, tenant_id, run, attempt, duration_us,
                response_code, next, reason, next_retry_at, url, error_class, error_message, response_headers, response_body)
            select date 'epoch' + day, timestamptz 'epoch' + started_at * interval '1 microsecond', delivery_id, attempt_id,
                tenant_id, run, attempt, duration_us, nullif(response_code, 0)::smallint, next, reason,
                timestamptz 'epoch' + next_retry_at * interval '1 microsecond', url, error_class, error_message,
                response_headers, response_body
            from unnest(?::int[], ?::bigint[], ?::uuid[], ?::uuid[], ?::text[], ?::int[], ?::int[], ?::int[], ?::int[],
                ?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                as rows (day, started_at, delivery_id, attempt_id, tenant_id, run, attempt, duration_us, response_code,
                    next, reason, next_retry_at, url, error_class, error_message, response_headers, response_body)
            on conflict do nothing""";

    private static final String UPSERT_DELIVERIES = """
            insert into delivery (day, last_attempt_at, delivery_id, tenant_id, endpoint_id, event_id, event_type,
                subscribed_as, status, finality, run, attempt, attempts, response_code, duration_us, reason, next_retry_at,
                error_class, error_message)
            select date 'epoch' + day, timestamptz 'epoch' + last_attempt_at * interval '1 microsecond', delivery_id,
                tenant_id, endpoint_id, event_id, event_type, nullif(subscribed_as, event_type), status,
                finality::smallint, run, attempt, attempts, nullif(response_code, 0)::smallint, duration_us, reason,
                timestamptz 'epoch' + next_retry_at * interval '1 microsecond', error_class, error_message
            from unnest(?::int[], ?::bigint[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                ?::int[], ?::int[], ?::int[], ?::int[], ?::int[], ?::int[], ?::text[], ?::bigint[], ?::text[], ?::text[])
                as rows (day, last_attempt_at, delivery_id, tenant_id, endpoint_id, event_id, event_type, subscribed_as,
                    status, finality, run, attempt, attempts, response_code, duration_us, reason, next_retry_at,
                    error_class, error_message)
            on conflict (delivery_id, day) do update set
                last_attempt_at = excluded.last_attempt_at,
                status = excluded.status,
                finality = excluded.finality,
                run = excluded.run,
                attempt = excluded.attempt,
                attempts = excluded.attempts,
                response_code = excluded.response_code,
                duration_us = excluded.duration_us,
                reason = excluded.reason,
                next_retry_at = excluded.next_retry_at,
                error_class = excluded.error_class,
                error_message = excluded.error_message
            where (excluded.run, excluded.finality, excluded.attempt, excluded.last_attempt_at)
                > (delivery.run, delivery.finality, delivery.attempt, delivery.last_attempt_at)""";

    private static final String[] NEXT_NAMES = Arrays.stream(Next.values())
            .map(next -> next.name().toLowerCase(Locale.ROOT))
            .toArray(String[]::new);

    @Override
    public Reading<DeliveryAttempt> read(ConsumerRecord<byte[], byte[]> source) {
        return new Reading.Row<>(DeliveryAttempt.read(source.value()));
    }

    @Override
    public Set<LocalDate> days(DeliveryAttempt attempt) {
        LocalDate started = LogDays.of(attempt.startedAt());
        LocalDate happened = DeliveryState.day(attempt);
        return started.equals(happened) ? Set.of(started) : Set.of(started, happened);
    }

    @Override
    public void write(Connection connection, List<DeliveryAttempt> attempts) throws SQLException {
        insert(
                connection,
                attempts.stream()
                        .filter(attempt -> attempt.next() != Next.SCHEDULED)
                        .toList());
        upsert(connection, DeliveryState.after(attempts));
    }

    private static void insert(Connection connection, List<DeliveryAttempt> attempts) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT_ATTEMPTS)) {
            new Columns<>(statement, attempts)
                    .day(attempt -> LogDays.of(attempt.startedAt()))
                    .micros(DeliveryAttempt::startedAt)
                    .uuid(attempt -> Ids.uuid(Ids.Kind.DELIVERY, attempt.deliveryId()))
                    .uuid(attempt -> Ids.uuid(Ids.Kind.ATTEMPT, attempt.attemptId()))
                    .text(DeliveryAttempt::tenantId)
                    .integer(DeliveryAttempt::run)
                    .integer(DeliveryAttempt::attempt)
                    .integer(AttemptTable::duration)
                    .integer(DeliveryAttempt::statusCode)
                    .text(attempt -> NEXT_NAMES[attempt.next().ordinal()])
                    .text(DeliveryAttempt::reason)
                    .micros(DeliveryAttempt::nextRetryAt)
                    .text(DeliveryAttempt::url)
                    .text(DeliveryAttempt::errorClass)
                    .text(DeliveryAttempt::errorMessage)
                    .text(attempt -> headers(attempt.responseHeaders()))
                    .text(DeliveryAttempt::responseBody);
            statement.executeUpdate();
        }
    }

    private static void upsert(Connection connection, Collection<DeliveryState> states) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPSERT_DELIVERIES)) {
            new Columns<>(statement, states)
                    .day(DeliveryState::day)
                    .micros(state -> state.decisive().startedAt())
                    .uuid(state -> Ids.uuid(Ids.Kind.DELIVERY, state.decisive().deliveryId()))
                    .text(state -> state.decisive().tenantId())
                    .text(state -> state.decisive().endpointId())
                    .text(state -> state.decisive().eventId())
                    .text(state -> state.decisive().eventType())
                    .text(state -> state.decisive().subscribedAs())
                    .text(DeliveryState::status)
                    .integer(DeliveryState::finality)
                    .integer(state -> state.decisive().run())
                    .integer(state -> state.decisive().attempt())
                    .integer(DeliveryState::attempts)
                    .integer(state -> state.decisive().statusCode())
                    .integer(state -> duration(state.decisive()))
                    .text(state -> state.decisive().reason())
                    .micros(state -> state.decisive().nextRetryAt())
                    .text(state -> state.decisive().errorClass())
                    .text(state -> state.decisive().errorMessage());
            statement.executeUpdate();
        }
    }

    /** Half an hour at the most, which no attempt reaches. */
    private static int duration(DeliveryAttempt attempt) {
        return (int) Math.min(attempt.durationMicros(), Integer.MAX_VALUE);
    }

    private static @Nullable String headers(Map<String, String> headers) {
        return headers.isEmpty() ? null : new String(Json.write(headers), StandardCharsets.UTF_8);
    }
}
