package io.stockhook.delivery.record;

import io.stockhook.events.EventEnvelope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Each event's bytes, once for all of its deliveries. */
final class EventTable implements LogTable<EventTable.Row> {

    private static final String INSERT = """
            insert into event (day, time, tenant_id, event_id, type, source, subject, data)
            select date 'epoch' + day, timestamptz 'epoch' + time * interval '1 microsecond', tenant_id, event_id, type,
                source, subject, data
            from unnest(?::int[], ?::bigint[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[])
                as rows (day, time, tenant_id, event_id, type, source, subject, data)
            on conflict do nothing""";

    /** An event with its tenant as it is stored. */
    record Row(EventEnvelope event, UUID tenantId) {}

    @Override
    public Reading<Row> read(ConsumerRecord<byte[], byte[]> source) {
        EventEnvelope event = EventEnvelope.read(source.headers(), source.value());
        return new Reading.Row<>(new Row(event, LogIds.tenant(event.tenantId())));
    }

    @Override
    public Set<LocalDate> days(Row row) {
        return Set.of(LogDays.of(row.event().time()));
    }

    @Override
    public void write(Connection connection, List<Row> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            new Columns<>(statement, rows)
                    .day(row -> LogDays.of(row.event().time()))
                    .micros(row -> row.event().time())
                    .uuid(Row::tenantId)
                    .text(row -> row.event().id())
                    .text(row -> row.event().type())
                    .text(row -> row.event().source())
                    .text(row -> row.event().subject())
                    .bytes(row -> row.event().data());
            statement.executeUpdate();
        }
    }
}
