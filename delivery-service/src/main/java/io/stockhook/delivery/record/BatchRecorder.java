package io.stockhook.delivery.record;

import io.stockhook.delivery.record.LogTable.Reading;
import io.stockhook.events.MalformedRecordException;
import io.stockhook.events.delivery.DeadLetter;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes the batches of one channel. A batch is written in one transaction and, while the database is away, tried again for as
 * long as it takes; what cannot be read or is not taken is set aside, and the rest of its batch written.
 *
 * <p>For one batch at a time.
 */
final class BatchRecorder<T> {

    /** The service stops before the batch is written; it comes again after the next start. */
    static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StoppedException() {
            super("stopped before a batch was written; it is read again after the next start");
        }
    }

    private record Located<T>(ConsumerRecord<byte[], byte[]> source, T row, Set<LocalDate> days) {}

    private static final Logger LOG = Logger.getLogger(BatchRecorder.class);

    private final String channel;
    private final LogTable<T> table;
    private final LogSchema schema;
    private final LogPartitions partitions;
    private final LogTransactions transactions;
    private final Backoff backoff;
    private final IntConsumer written;
    private final RecorderMetrics metrics;
    private volatile @Nullable Instant oldestInWork;

    /** @param written told how many rows were written, after each transaction */
    BatchRecorder(
            String channel,
            LogTable<T> table,
            LogSchema schema,
            LogPartitions partitions,
            LogTransactions transactions,
            RecorderMetrics metrics,
            RecordConfig config,
            IntConsumer written) {
        this.channel = channel;
        this.table = table;
        this.schema = schema;
        this.partitions = partitions;
        this.transactions = transactions;
        this.backoff = new Backoff(config.retryInterval(), config.maxRetryInterval());
        this.metrics = metrics;
        this.written = written;
        metrics.watch(channel, () -> oldestInWork);
    }

    /**
     * Writes a batch. When this returns, all of it is in the database.
     *
     * @throws StoppedException if the service stops first
     */
    void record(Iterable<ConsumerRecord<byte[], byte[]>> batch) {
        List<Located<T>> rows = new ArrayList<>();
        List<SetAside> asides = new ArrayList<>();
        LogDays days = partitions.days();
        long oldest = Long.MAX_VALUE;
        for (ConsumerRecord<byte[], byte[]> source : batch) {
            sort(source, days, rows, asides);
            oldest = Math.min(oldest, source.timestamp());
        }
        oldestInWork = Instant.ofEpochMilli(oldest);
        write(rows, asides);
        oldestInWork = null;
    }

    /** Ends waiting for the database, now and from now on. */
    void stop() {
        backoff.stop();
    }

    private void sort(
            ConsumerRecord<byte[], byte[]> source, LogDays days, List<Located<T>> rows, List<SetAside> asides) {
        try {
            Reading<T> reading = table.read(source);
            if (reading instanceof Reading.Row<T> row) {
                Set<LocalDate> needed = table.days(row.row());
                LocalDate outside = firstOutside(days, needed);
                if (outside == null) {
                    rows.add(new Located<>(source, row.row(), needed));
                } else {
                    String detail = "%s is not within %s and %s".formatted(outside, days.first(), days.last());
                    asides.add(SetAside.of(source, SetAside.OUTSIDE_RETENTION, detail));
                }
            } else if (reading instanceof Reading.Aside<T> aside) {
                asides.add(aside.aside());
            }
        } catch (MalformedRecordException e) {
            asides.add(SetAside.of(source, DeadLetter.MALFORMED_RECORD, e.getMessage()));
        }
    }

    private static @Nullable LocalDate firstOutside(LogDays days, Set<LocalDate> needed) {
        for (LocalDate day : needed) {
            if (!days.contains(day)) {
                return day;
            }
        }
        return null;
    }

    private void write(List<Located<T>> rows, List<SetAside> asides) {
        while (true) {
            try {
                writeOnce(rows, asides);
                return;
            } catch (SQLException e) {
                partitions.forget();
                if (DataRefusal.isCauseOf(e) && !rows.isEmpty()) {
                    isolate(rows, asides, e);
                    return;
                }
                LOG.warnf(
                        "log not written, tries again: channel=%s records=%d cause=%s",
                        channel, rows.size() + asides.size(), e.getMessage());
            }
            if (!backoff.pause()) {
                throw new StoppedException();
            }
        }
    }

    private void writeOnce(List<Located<T>> rows, List<SetAside> asides) throws SQLException {
        if (!schema.isReady()) {
            throw new SQLException("its schema is not up to date yet");
        }
        Set<LocalDate> days = new HashSet<>();
        for (Located<T> row : rows) {
            days.addAll(row.days());
        }
        partitions.ensure(days);
        transactions.run(connection -> {
            if (!rows.isEmpty()) {
                table.write(connection, rows.stream().map(Located::row).toList());
            }
            if (!asides.isEmpty()) {
                SetAside.write(connection, asides);
            }
        });
        backoff.reset();
        written.accept(rows.size());
        countAsides(asides);
    }

    /** Halves the batch until the row that is refused stands alone, and sets that aside. */
    private void isolate(List<Located<T>> rows, List<SetAside> asides, SQLException refusal) {
        if (rows.size() == 1) {
            List<SetAside> more = new ArrayList<>(asides);
            more.add(SetAside.of(rows.get(0).source(), SetAside.REFUSED_BY_DATABASE, refusal.getMessage()));
            write(List.of(), more);
            return;
        }
        int half = rows.size() / 2;
        write(rows.subList(0, half), asides);
        write(rows.subList(half, rows.size()), List.of());
    }

    private void countAsides(List<SetAside> asides) {
        metrics.setAside(asides.size());
        for (SetAside aside : asides) {
            LOG.warnf(
                    "record set aside: topic=%s partition=%d offset=%d reason=%s detail=%s",
                    aside.topic(), aside.partition(), aside.offset(), aside.reason(), aside.detail());
        }
    }
}
