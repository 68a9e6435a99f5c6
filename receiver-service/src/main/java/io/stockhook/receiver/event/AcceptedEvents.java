package io.stockhook.receiver.event;

import io.agroal.api.AgroalDataSource;
import io.stockhook.events.EventEnvelope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The ids that were accepted within the deduplication window, and the events that Kafka has not acknowledged yet. One round
 * trip per statement, however many events. Each method is a transaction, which row-level security binds to the caller's tenant
 * or, in background work, to the scope it declares.
 */
@ApplicationScoped
class AcceptedEvents {

    private static final String INSERT = """
            with fresh as (
                insert into accepted_event (tenant_id, event_id, body_hash)
                select ?, event_id, body_hash from unnest(?::text[], ?::bytea[]) as given (event_id, body_hash)
                on conflict do nothing
                returning event_id
            )
            insert into unpublished_event
                (tenant_id, event_id, type, source, subject, event_time, data_schema, deliver_at, trace_parent, data)
            select ?, event_id, type, source, subject, event_time, data_schema, deliver_at, trace_parent,
                data
            from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::timestamptz[], ?::text[],
                ?::bytea[])
                with ordinality
                as given (event_id, type, source, subject, event_time, data_schema, deliver_at, trace_parent, data, place)
            join fresh using (event_id)
            order by place
            returning event_id
            """;

    private static final String FIND = """
            select a.body_hash, a.tenant_id, a.event_id,
                   u.type, u.source, u.subject, u.event_time, u.data_schema, u.deliver_at, u.trace_parent, u.data
            from accepted_event a left join unpublished_event u using (tenant_id, event_id)
            where a.tenant_id = ? and a.event_id = any(?)
            """;

    private static final String PUBLISHED = """
            delete from unpublished_event
            using unnest(?::text[], ?::text[]) as done (tenant_id, event_id)
            where unpublished_event.tenant_id = done.tenant_id and unpublished_event.event_id = done.event_id
            """;

    /** The running size bounds the memory of a batch of long events; the first one comes however long it is. */
    private static final String OVERDUE = """
            select tenant_id, event_id, type, source, subject, event_time, data_schema, deliver_at, trace_parent, data from (
                select *, coalesce(sum(octet_length(data)) over (
                    order by position rows between unbounded preceding and 1 preceding), 0) as bytes_before
                from unpublished_event where accepted_at < now() - ? * interval '1 millisecond'
                order by position limit ?) as overdue
            where bytes_before < ?
            order by position
            """;

    private static final String PURGE = """
            delete from accepted_event where (tenant_id, event_id) in (
                select tenant_id, event_id from accepted_event a
                where accepted_at < now() - ? * interval '1 millisecond'
                and not exists (
                    select from unpublished_event u where u.tenant_id = a.tenant_id and u.event_id = a.event_id)
                limit ?)
            """;

    private static final String BACKLOG =
            "select count(*), coalesce(extract(epoch from now() - min(accepted_at)), 0) from unpublished_event";

    private final AgroalDataSource dataSource;

    AcceptedEvents(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** An event on its way in, with the hash that tells it from another one under its id. */
    @SuppressWarnings("ArrayRecordComponent") // computed for this record alone
    record Candidate(EventEnvelope event, byte[] bodyHash) {}

    /**
     * How much Kafka has not acknowledged.
     *
     * @param events how many
     * @param oldestSeconds for how long the oldest has waited; zero if none waits
     */
    record Backlog(long events, double oldestSeconds) {}

    /**
     * Stores those whose ids are new, and says of each id what is to be done.
     *
     * @param candidates of one tenant, with distinct ids
     * @return by id; an id that expired in this very moment is missing
     */
    @Transactional
    Map<String, Registration> register(String tenantId, Collection<Candidate> candidates) {
        try (Connection connection = dataSource.getConnection()) {
            Set<String> fresh = insert(connection, tenantId, candidates);
            Map<String, Registration> registrations = new HashMap<>();
            Map<String, Candidate> known = new HashMap<>();
            for (Candidate candidate : candidates) {
                String id = candidate.event().id();
                if (fresh.contains(id)) {
                    registrations.put(id, new Registration.ToPublish(candidate.event(), false));
                } else {
                    known.put(id, candidate);
                }
            }
            if (!known.isEmpty()) {
                find(connection, tenantId, known, registrations);
            }
            return registrations;
        } catch (SQLException e) {
            throw new IllegalStateException("events cannot be stored", e);
        }
    }

    /** Forgets the bytes of what Kafka has acknowledged; the ids stay known. */
    @Transactional
    void markPublished(Collection<EventEnvelope> events) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete = connection.prepareStatement(PUBLISHED)) {
            List<EventEnvelope> inOrder = inOrderOfIds(events, Function.identity());
            delete.setArray(1, texts(connection, inOrder, EventEnvelope::tenantId));
            delete.setArray(2, texts(connection, inOrder, EventEnvelope::id));
            delete.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("published events cannot be marked", e);
        }
    }

    /**
     * The oldest of those that have waited for longer than this.
     *
     * @param limit how many at the most
     * @param bytes the list ends with the event whose data reaches so many
     */
    @Transactional
    List<EventEnvelope> overdue(Duration age, int limit, long bytes) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement(OVERDUE)) {
            query.setLong(1, age.toMillis());
            query.setInt(2, limit);
            query.setLong(3, bytes);
            List<EventEnvelope> events = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    events.add(event(row));
                }
            }
            return events;
        } catch (SQLException e) {
            throw new IllegalStateException("overdue events cannot be read", e);
        }
    }

    /** Forgets published ids that are older than this, a bounded number of them, and returns how many. */
    @Transactional
    int purge(Duration age, int limit) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete = connection.prepareStatement(PURGE)) {
            delete.setLong(1, age.toMillis());
            delete.setInt(2, limit);
            return delete.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("expired ids cannot be purged", e);
        }
    }

    /** How much waits, over all tenants that the scope shows. */
    @Transactional
    Backlog backlog() {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement(BACKLOG);
                ResultSet row = query.executeQuery()) {
            row.next();
            return new Backlog(row.getLong(1), row.getDouble(2));
        } catch (SQLException e) {
            throw new IllegalStateException("unpublished events cannot be counted", e);
        }
    }

    private static Set<String> insert(Connection connection, String tenantId, Collection<Candidate> candidates)
            throws SQLException {
        List<Candidate> inOrder = inOrderOfIds(candidates, Candidate::event);
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            List<EventEnvelope> events =
                    candidates.stream().map(Candidate::event).toList();
            insert.setString(1, tenantId);
            insert.setArray(
                    2, texts(connection, inOrder, candidate -> candidate.event().id()));
            insert.setArray(3, bytes(connection, inOrder, Candidate::bodyHash));
            insert.setString(4, tenantId);
            insert.setArray(5, texts(connection, events, EventEnvelope::id));
            insert.setArray(6, texts(connection, events, EventEnvelope::type));
            insert.setArray(7, texts(connection, events, EventEnvelope::source));
            insert.setArray(8, texts(connection, events, EventEnvelope::subject));
            insert.setArray(9, texts(connection, events, event -> event.time().toString()));
            insert.setArray(10, texts(connection, events, EventEnvelope::dataSchema));
            insert.setArray(11, texts(connection, events, AcceptedEvents::deliverAt));
            insert.setArray(12, texts(connection, events, EventEnvelope::traceParent));
            insert.setArray(13, bytes(connection, events, EventEnvelope::data));
            Set<String> fresh = new HashSet<>();
            try (ResultSet row = insert.executeQuery()) {
                while (row.next()) {
                    fresh.add(row.getString(1));
                }
            }
            return fresh;
        }
    }

    private static void find(
            Connection connection,
            String tenantId,
            Map<String, Candidate> known,
            Map<String, Registration> registrations)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(FIND)) {
            query.setString(1, tenantId);
            query.setArray(2, connection.createArrayOf("text", known.keySet().toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    Candidate candidate = known.get(row.getString("event_id"));
                    boolean same = candidate != null && Arrays.equals(row.getBytes("body_hash"), candidate.bodyHash());
                    registrations.put(row.getString("event_id"), same ? repeat(row) : new Registration.Conflicting());
                }
            }
        }
    }

    private static Registration repeat(ResultSet row) throws SQLException {
        return row.getString("type") == null
                ? new Registration.Published()
                : new Registration.ToPublish(event(row), true);
    }

    private static EventEnvelope event(ResultSet row) throws SQLException {
        OffsetDateTime deliverAt = row.getObject("deliver_at", OffsetDateTime.class);
        Instant time = row.getObject("event_time", OffsetDateTime.class)
                .withOffsetSameInstant(ZoneOffset.UTC)
                .toInstant();
        return new EventEnvelope(
                row.getString("event_id"),
                row.getString("type"),
                row.getString("source"),
                row.getString("subject"),
                time,
                row.getString("tenant_id"),
                row.getString("data_schema"),
                deliverAt == null ? null : deliverAt.toInstant(),
                row.getString("trace_parent"),
                row.getBytes("data"));
    }

    private static @Nullable String deliverAt(EventEnvelope event) {
        return event.deliverAt() == null ? null : event.deliverAt().toString();
    }

    /** Two requests with the same ids lock them in the same order, so that neither waits for the other in a circle. */
    private static <T> List<T> inOrderOfIds(Collection<T> items, Function<T, EventEnvelope> event) {
        return items.stream()
                .sorted(Comparator.comparing(item -> event.apply(item).id()))
                .toList();
    }

    private static <T> java.sql.Array texts(Connection connection, List<T> items, Function<T, @Nullable String> column)
            throws SQLException {
        return connection.createArrayOf("text", items.stream().map(column).toArray());
    }

    private static <T> java.sql.Array bytes(Connection connection, List<T> items, Function<T, byte[]> column)
            throws SQLException {
        return connection.createArrayOf("bytea", items.stream().map(column).toArray(byte[][]::new));
    }
}
