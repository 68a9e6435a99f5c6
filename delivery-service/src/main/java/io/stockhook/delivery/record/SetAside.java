package io.stockhook.delivery.record;

import io.stockhook.events.MalformedRecordException;
import io.stockhook.events.delivery.DeadLetter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record that has no place in the log, kept as it was: bytes, headers and where it stood.
 *
 * @param reason one of the reason codes of this class
 * @param detail what is wrong with it, for a person; null if the reason says it all
 */
@SuppressWarnings("ArrayRecordComponent") // owned by the record it was read from; nobody writes to it
record SetAside(
        String topic,
        int partition,
        long offset,
        String reason,
        @Nullable String detail,
        byte @Nullable [] key,
        Headers headers,
        byte @Nullable [] value) {

    /** It is older than the retention, or further ahead than the horizon. */
    static final String OUTSIDE_RETENTION = "outside_retention";
    /** It can be read, but PostgreSQL does not take it. */
    static final String REFUSED_BY_DATABASE = "refused_by_database";

    private static final Pattern ORIGIN =
            Pattern.compile("(?<topic>[^/]+)/(?<partition>\\d{1,9})/(?<offset>\\d{1,18})");
    private static final int MAX_DETAIL = 1_000;

    private static final String INSERT = """
            insert into set_aside (topic, kafka_partition, kafka_offset, reason, detail, record_key, header_names,
                header_values, value)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing""";

    /** This record, as it stands in its topic. */
    static SetAside of(ConsumerRecord<byte[], byte[]> source, String reason, @Nullable String detail) {
        return new SetAside(
                source.topic(),
                source.partition(),
                source.offset(),
                reason,
                detail,
                source.key(),
                source.headers(),
                source.value());
    }

    /**
     * A record that someone else could not read and passed on by the dead-letter topic.
     *
     * @throws MalformedRecordException if its origin is none
     */
    static SetAside from(ConsumerRecord<byte[], byte[]> source, DeadLetter letter) {
        Matcher origin = ORIGIN.matcher(letter.origin() == null ? "" : letter.origin());
        if (!origin.matches()) {
            throw new MalformedRecordException("a dead letter whose origin is none");
        }
        return new SetAside(
                origin.group("topic"),
                Integer.parseInt(origin.group("partition")),
                Long.parseLong(origin.group("offset")),
                letter.reason(),
                letter.detail(),
                source.key(),
                source.headers(),
                source.value());
    }

    /** Writes those that are not there yet, within the connection's transaction. */
    static void write(Connection connection, List<SetAside> asides) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            for (SetAside aside : asides) {
                aside.bind(connection, statement);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private void bind(Connection connection, PreparedStatement statement) throws SQLException {
        List<@Nullable String> names = new ArrayList<>();
        List<byte @Nullable []> values = new ArrayList<>();
        for (Header header : headers) {
            names.add(Columns.withoutNul(header.key()));
            values.add(header.value());
        }
        statement.setString(1, topic);
        statement.setInt(2, partition);
        statement.setLong(3, offset);
        statement.setString(4, Columns.withoutNul(reason));
        statement.setString(5, Columns.withoutNul(bounded(detail)));
        statement.setBytes(6, key);
        statement.setArray(7, connection.createArrayOf("text", names.toArray()));
        statement.setArray(8, connection.createArrayOf("bytea", values.toArray(byte[][]::new)));
        statement.setBytes(9, value);
    }

    private static @Nullable String bounded(@Nullable String text) {
        return text == null || text.length() <= MAX_DETAIL ? text : text.substring(0, MAX_DETAIL);
    }
}
