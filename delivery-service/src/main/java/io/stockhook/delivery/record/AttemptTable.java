package io.stockhook.delivery.record;

import io.stockhook.delivery.record.Statistics.Transition;
import io.stockhook.events.Ids;
import io.stockhook.events.Json;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.events.delivery.DeliveryAttempt.Next;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Attempts, the state that they leave their deliveries in, and what they change in the statistics. That a first attempt is scheduled is a
 * state and no attempt.
 */
final class AttemptTable implements LogTable<AttemptTable.Row> {

    private static final String INSERT_ATTEMPTS = """
            insert into attempt (started_at, delivery_id, attempt_id, tenant_id, run, attempt, duration_us, response_code, next,
                reason, next_retry_at, url, method, error_class, error_message, request_body_bytes, request_headers,
                request_body, response_headers, response_body, connect_us, first_byte_us)
            select timestamptz 'epoch' + started_at * interval '1 microsecond', delivery_id, attempt_id, tenant_id, run,
                attempt, duration_us, nullif(response_code, 0)::smallint, next, reason,
                timestamptz 'epoch' + next_retry_at * interval '1 microsecond', url, method, error_class, error_message,
                request_body_bytes, request_headers, request_body, response_headers, response_body, nullif(connect_us, 0),
                nullif(first_byte_us, 0)
            from unnest(?::bigint[], ?::uuid[], ?::uuid[], ?::uuid[], ?::int[], ?::int[], ?::int[], ?::int[], ?::text[],
                ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int[], ?::text[], ?::text[], ?::text[],
                ?::text[], ?::int[], ?::int[])
                as rows (started_at, delivery_id, attempt_id, tenant_id, run, attempt, duration_us, response_code, next, reason,
                    next_retry_at, url, method, error_class, error_message, request_body_bytes, request_headers, request_body,
                    response_headers, response_body, connect_us, first_byte_us)
            on conflict do nothing
            returning attempt_id""";

    private static final String UPSERT_DELIVERIES = """
            insert into delivery (last_attempt_at, delivery_id, tenant_id, endpoint_id, event_id, event_type, subscribed_as,
                status, finality, run, attempt, attempts, response_code, duration_us, reason, next_retry_at, error_class,
                error_message)
            select timestamptz 'epoch' + last_attempt_at * interval '1 microsecond', delivery_id, tenant_id, endpoint_id,
                event_id, event_type, nullif(subscribed_as, event_type), status, finality::smallint, run, attempt, attempts,
                nullif(response_code, 0)::smallint, duration_us, reason,
                timestamptz 'epoch' + next_retry_at * interval '1 microsecond', error_class, error_message
            from unnest(?::bigint[], ?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int[],
                ?::int[], ?::int[], ?::int[], ?::int[], ?::int[], ?::text[], ?::bigint[], ?::text[], ?::text[])
                as rows (last_attempt_at, delivery_id, tenant_id, endpoint_id, event_id, event_type, subscribed_as, status,
                    finality, run, attempt, attempts, response_code, duration_us, reason, next_retry_at, error_class,
                    error_message)
            on conflict (tenant_id, delivery_id) do update set
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
                > (delivery.run, delivery.finality, delivery.attempt, delivery.last_attempt_at)
            returning new.delivery_id, old.status as status_before""";

    private static final String[] NEXT_NAMES = Arrays.stream(Next.values())
            .map(next -> next.name().toLowerCase(Locale.ROOT))
            .toArray(String[]::new);
    private static final String USUAL_METHOD = "POST";

    /** An attempt with its identifiers as they are stored. */
    record Row(DeliveryAttempt attempt, UUID attemptId, UUID deliveryId, UUID tenantId, UUID endpointId) {

        static Row of(DeliveryAttempt attempt) {
            return new Row(
                    attempt,
                    Ids.uuid(Ids.Kind.ATTEMPT, attempt.attemptId()),
                    Ids.uuid(Ids.Kind.DELIVERY, attempt.deliveryId()),
                    LogIds.tenant(attempt.tenantId()),
                    LogIds.endpoint(attempt.endpointId()));
        }
    }

    /** A delivery's state with its identifiers as they are stored. */
    private record StateRow(DeliveryState state, Row row) {
        DeliveryAttempt decisive() {
            return state.decisive();
        }
    }

    /** Takes what a batch has changed in the statistics. */
    @FunctionalInterface
    interface StatisticsWriter {
        void add(Connection connection, Statistics statistics, Instant now) throws SQLException;
    }

    private final StatisticsWriter statisticsWriter;

    AttemptTable() {
        this(StatisticsTables::add);
    }

    AttemptTable(StatisticsWriter statisticsWriter) {
        this.statisticsWriter = statisticsWriter;
    }

    @Override
    public Reading<Row> read(ConsumerRecord<byte[], byte[]> source) {
        return new Reading.Row<>(Row.of(DeliveryAttempt.read(source.value())));
    }

    @Override
    public Set<LocalDate> days(Row row) {
        LocalDate happened = DeliveryState.day(row.attempt());
        LocalDate started = LogDays.of(row.attempt().startedAt());
        LocalDate identified =
                LogDays.of(Ids.time(Ids.Kind.ATTEMPT, row.attempt().attemptId()));
        return started.equals(happened) && started.equals(identified)
                ? Set.of(started)
                : Set.copyOf(Arrays.asList(happened, started, identified));
    }

    @Override
    public void write(Connection connection, List<Row> rows) throws SQLException {
        // In the order of the keys, so that instances that write the same rows wait for one another and never in a
        // circle.
        List<Row> sorted = new ArrayList<>(rows);
        sorted.sort((one, other) -> {
            int byDelivery = one.deliveryId().compareTo(other.deliveryId());
            return byDelivery != 0 ? byDelivery : one.attemptId().compareTo(other.attemptId());
        });
        Statistics statistics = new Statistics();
        insert(connection, made(sorted)).forEach(statistics::attempt);
        upsert(connection, states(sorted)).forEach(statistics::transition);
        statisticsWriter.add(connection, statistics, Instant.now());
    }

    private static List<Row> made(List<Row> rows) {
        return rows.stream()
                .filter(row -> row.attempt().next() != Next.SCHEDULED)
                .toList();
    }

    private static Collection<StateRow> states(List<Row> sorted) {
        List<StateRow> states = new ArrayList<>(sorted.size());
        for (Row row : sorted) {
            DeliveryState state = new DeliveryState(row.attempt());
            int last = states.size() - 1;
            if (last >= 0 && states.get(last).row().deliveryId().equals(row.deliveryId())) {
                states.set(last, new StateRow(states.get(last).state().moreDecisive(state), row));
            } else {
                states.add(new StateRow(state, row));
            }
        }
        return states;
    }

    /** Returns those that were not there. */
    private static List<Row> insert(Connection connection, List<Row> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT_ATTEMPTS)) {
            new Columns<>(statement, rows)
                    .micros(row -> row.attempt().startedAt())
                    .uuid(Row::deliveryId)
                    .uuid(Row::attemptId)
                    .uuid(Row::tenantId)
                    .integer(row -> row.attempt().run())
                    .integer(row -> row.attempt().attempt())
                    .integer(row -> duration(row.attempt()))
                    .integer(row -> row.attempt().statusCode())
                    .text(row -> NEXT_NAMES[row.attempt().next().ordinal()])
                    .text(row -> row.attempt().reason())
                    .micros(row -> row.attempt().nextRetryAt())
                    .text(row -> row.attempt().url())
                    .text(AttemptTable::method)
                    .text(row -> row.attempt().errorClass())
                    .text(row -> row.attempt().errorMessage())
                    .integer(AttemptTable::requestBodyBytes)
                    .text(AttemptTable::requestHeaders)
                    .text(AttemptTable::requestBody)
                    .text(row -> json(row.attempt().responseHeaders()))
                    .text(row -> row.attempt().responseBody())
                    .integer(row -> micros(row, DeliveryAttempt.Request::connectMicros))
                    .integer(row -> micros(row, DeliveryAttempt.Request::firstByteMicros));
            try (ResultSet inserted = statement.executeQuery()) {
                return matching(rows, inserted);
            }
        }
    }

    private static List<Row> matching(List<Row> rows, ResultSet inserted) throws SQLException {
        Map<UUID, Row> byId = new HashMap<>(2 * rows.size());
        rows.forEach(row -> byId.put(row.attemptId(), row));
        List<Row> found = new ArrayList<>(rows.size());
        while (inserted.next()) {
            Row row = byId.get(inserted.getObject(1, UUID.class));
            if (row != null) {
                found.add(row);
            }
        }
        return found;
    }

    /** Returns the deliveries that are in another state now. */
    private static List<Transition> upsert(Connection connection, Collection<StateRow> states) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPSERT_DELIVERIES)) {
            new Columns<>(statement, states)
                    .micros(state -> state.decisive().startedAt())
                    .uuid(state -> state.row().deliveryId())
                    .uuid(state -> state.row().tenantId())
                    .uuid(state -> state.row().endpointId())
                    .text(state -> state.decisive().eventId())
                    .text(state -> state.decisive().eventType())
                    .text(state -> state.decisive().subscribedAs())
                    .text(state -> state.state().status())
                    .integer(state -> state.state().finality())
                    .integer(state -> state.decisive().run())
                    .integer(state -> state.decisive().attempt())
                    .integer(state -> state.state().attempts())
                    .integer(state -> state.decisive().statusCode())
                    .integer(state -> duration(state.decisive()))
                    .text(state -> state.decisive().reason())
                    .micros(state -> state.decisive().nextRetryAt())
                    .text(state -> state.decisive().errorClass())
                    .text(state -> state.decisive().errorMessage());
            Map<UUID, StateRow> byId = new HashMap<>(2 * states.size());
            states.forEach(state -> byId.put(state.row().deliveryId(), state));
            try (ResultSet changed = statement.executeQuery()) {
                List<Transition> transitions = new ArrayList<>(states.size());
                while (changed.next()) {
                    StateRow state = byId.get(changed.getObject(1, UUID.class));
                    if (state != null) {
                        transitions.add(new Transition(
                                state.row(), changed.getString(2), state.state().status()));
                    }
                }
                return transitions;
            }
        }
    }

    /** Half an hour at the most, which no attempt reaches. */
    static int duration(DeliveryAttempt attempt) {
        return (int) Math.min(attempt.durationMicros(), Integer.MAX_VALUE);
    }

    private static @Nullable String method(Row row) {
        DeliveryAttempt.Request request = row.attempt().request();
        return request == null || request.method().equals(USUAL_METHOD) ? null : request.method();
    }

    private static int requestBodyBytes(Row row) {
        DeliveryAttempt.Request request = row.attempt().request();
        return request == null ? 0 : request.bodyBytes();
    }

    private static int micros(Row row, ToLongFunction<DeliveryAttempt.Request> timing) {
        DeliveryAttempt.Request request = row.attempt().request();
        return request == null ? 0 : (int) Math.min(timing.applyAsLong(request), Integer.MAX_VALUE);
    }

    private static @Nullable String requestHeaders(Row row) {
        DeliveryAttempt.Request request = row.attempt().request();
        return request == null ? null : json(request.headers());
    }

    private static @Nullable String requestBody(Row row) {
        DeliveryAttempt.Request request = row.attempt().request();
        return request == null ? null : request.body();
    }

    private static @Nullable String json(Map<String, String> headers) {
        return headers.isEmpty() ? null : new String(Json.write(headers), StandardCharsets.UTF_8);
    }
}
