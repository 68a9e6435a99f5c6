package io.stockhook.delivery.record;

import io.stockhook.events.Ids;
import io.stockhook.events.delivery.DeadLetter;
import io.stockhook.events.delivery.DeliveryTask;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Deliveries that were given up. Records that could not be read come by the same topic and are set aside. */
final class DeadLetterTable implements LogTable<DeadLetterTable.GivenUp> {

    private static final String INSERT = """
            insert into dead_letter (dead_letter_id, dead_at, event_time, run, attempt, delivery_id, tenant_id, endpoint_id,
                event_id, event_type, subscribed_as, event_source, event_subject, reason, detail, payload)
            select dead_letter_id, timestamptz 'epoch' + dead_at * interval '1 microsecond',
                timestamptz 'epoch' + event_time * interval '1 microsecond', run, attempt, delivery_id, tenant_id,
                endpoint_id, event_id, event_type, subscribed_as, event_source, event_subject, reason, detail, payload
            from unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::int[], ?::int[], ?::uuid[], ?::uuid[], ?::uuid[], ?::text[],
                ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[])
                as rows (dead_letter_id, dead_at, event_time, run, attempt, delivery_id, tenant_id, endpoint_id, event_id,
                    event_type, subscribed_as, event_source, event_subject, reason, detail, payload)
            on conflict do nothing""";

    /** A task and why it is not tried any more, with its identifiers as they are stored. */
    record GivenUp(DeliveryTask task, DeadLetter letter, UUID tenantId, UUID endpointId) {

        static GivenUp of(DeliveryTask task, DeadLetter letter) {
            return new GivenUp(task, letter, LogIds.tenant(task.tenantId()), LogIds.endpoint(task.endpointId()));
        }

        /** Always the same for one end of one run, however often it is read. */
        String id() {
            return Ids.derived(
                    Ids.Kind.DEAD_LETTER, letter.deadAt(), task.deliveryId() + '\n' + Integer.toString(task.run()));
        }
    }

    @Override
    public Reading<GivenUp> read(ConsumerRecord<byte[], byte[]> source) {
        DeadLetter letter = DeadLetter.read(source.headers());
        if (letter.origin() != null) {
            return new Reading.Aside<>(SetAside.from(source, letter));
        }
        return new Reading.Row<>(GivenUp.of(DeliveryTask.read(source.headers(), source.value()), letter));
    }

    @Override
    public Set<LocalDate> days(GivenUp row) {
        return Set.of();
    }

    @Override
    public void write(Connection connection, List<GivenUp> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            new Columns<>(statement, rows)
                    .uuid(row -> Ids.uuid(Ids.Kind.DEAD_LETTER, row.id()))
                    .micros(row -> row.letter().deadAt())
                    .micros(row -> row.task().eventTime())
                    .integer(row -> row.task().run())
                    .integer(row -> row.task().attempt())
                    .uuid(row -> Ids.uuid(Ids.Kind.DELIVERY, row.task().deliveryId()))
                    .uuid(GivenUp::tenantId)
                    .uuid(GivenUp::endpointId)
                    .text(row -> row.task().eventId())
                    .text(row -> row.task().eventType())
                    .text(row -> row.task().subscribedAs())
                    .text(row -> row.task().eventSource())
                    .text(row -> row.task().eventSubject())
                    .text(row -> row.letter().reason())
                    .text(row -> row.letter().detail())
                    .bytes(row -> row.task().data());
            statement.executeUpdate();
        }
    }
}
