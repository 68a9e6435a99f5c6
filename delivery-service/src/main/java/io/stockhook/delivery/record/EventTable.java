package io.stockhook.delivery.record;

import io.stockhook.events.EventEnvelope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Each event's bytes, once for all of its deliveries. */
final class EventTable implements LogTable<EventEnvelope> {

    private static final String INSERT = """
            insert into event (day, time, tenant_id, event_id, type, source, subject, data)
            select date 'epoch' + day, timestamptz 'epoch' + time * interval '1 microsecond', tenant_id, event_id, type,
                source, subject, data
            from unnest(?::int[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[])
                as rows (day, time, tenant_id, event_id, type, source, subject, data)
            on conflict do nothing""";

    @Override
    public Reading<EventEnvelope> read(ConsumerRecord<byte[], byte[]> source) {
        return new Reading.Row<>(EventEnvelope.read(source.headers(), source.value()));
    }

    @Override
    public Set<LocalDate> days(EventEnvelope event) {
        return Set.of(LogDays.of(event.time()));
    }

    @Override
    public void write(Connection connection, List<EventEnvelope> events) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            new Columns<>(statement, events)
                    .day(event -> LogDays.of(event.time()))
                    .micros(EventEnvelope::time)
                    .text(EventEnvelope::tenantId)
                    .text(EventEnvelope::id)
                    .text(EventEnvelope::type)
                    .text(EventEnvelope::source)
                    .text(EventEnvelope::subject)
                    .bytes(EventEnvelope::data);
            statement.executeUpdate();
        }
    }
}
