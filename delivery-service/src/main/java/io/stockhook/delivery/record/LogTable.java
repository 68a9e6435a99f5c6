package io.stockhook.delivery.record;

import io.stockhook.events.MalformedRecordException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * How the records of one kind are read and written.
 *
 * @param <T> what a record holds
 */
interface LogTable<T> {

    /** What a record turned out to be. */
    sealed interface Reading<T> {

        /** A row for the table. */
        record Row<T>(T row) implements Reading<T> {}

        /** Nothing for the table. */
        record Aside<T>(SetAside aside) implements Reading<T> {}
    }

    /**
     * What the record holds.
     *
     * @throws MalformedRecordException if it cannot be read
     */
    Reading<T> read(ConsumerRecord<byte[], byte[]> source);

    /** The days whose partitions the row goes to; none if it goes to a table without partitions. */
    Set<LocalDate> days(T row);

    /** Writes the rows that are not there yet, within the connection's transaction. Writing one again changes nothing. */
    void write(Connection connection, List<T> rows) throws SQLException;
}
