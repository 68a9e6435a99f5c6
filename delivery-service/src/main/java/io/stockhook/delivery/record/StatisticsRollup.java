package io.stockhook.delivery.record;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sums up hours to days and days to months once they are over, and again for an endpoint of which something was counted late.
 * Any number of instances may do so: one at a time does.
 */
@Singleton
class StatisticsRollup {

    /** How long after its end a day is summed up: by then every transaction that took it for the present one has ended. */
    static final Duration GRACE = Duration.ofHours(1);

    private static final Logger LOG = Logger.getLogger(StatisticsRollup.class);
    private static final int MAX_LATE = 10_000;

    private static final String LOCK = "select pg_try_advisory_xact_lock(hashtext('stockhook.statistics'))";

    private static final String TAKE_LATE = """
            delete from statistics_late
            where noted in (select noted from statistics_late order by noted limit ?)
            returning day, endpoint_id""";

    private static final String PROGRESS = """
            select days_until, months_until from statistics_progress
            union all
            select (min(starts_at) at time zone 'UTC')::date, date_trunc('month', min(starts_at) at time zone 'UTC')::date
            from statistics_hour
            having min(starts_at) is not null and not exists (select 1 from statistics_progress)""";

    private final LogTransactions transactions;
    private final LogSchema schema;

    StatisticsRollup(LogTransactions transactions, LogSchema schema) {
        this.transactions = transactions;
        this.schema = schema;
    }

    private record Progress(LocalDate daysUntil, LocalDate monthsUntil) {}

    @Scheduled(every = "1m", delayed = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    void run() {
        if (!schema.isReady()) {
            return;
        }
        try {
            sumUp(Instant.now());
        } catch (SQLException e) {
            LOG.warnf("statistics not summed up, tries again in a minute: cause=%s", e.getMessage());
        }
    }

    /** Sums up all that is over at this time, a day in a transaction. */
    void sumUp(Instant now) throws SQLException {
        boolean[] isMore = {true};
        while (isMore[0]) {
            isMore[0] = false;
            // In the snapshot in which something is noted as late it has been counted as well.
            transactions.runInSnapshot(connection -> {
                if (isLocked(connection)) {
                    isMore[0] = again(connection) | next(connection, now);
                }
            });
        }
    }

    /** Whether there may be more that is late. */
    private static boolean again(Connection connection) throws SQLException {
        SortedMap<LocalDate, SortedSet<UUID>> late = new TreeMap<>();
        int taken = 0;
        try (PreparedStatement statement = connection.prepareStatement(TAKE_LATE)) {
            statement.setInt(1, MAX_LATE);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    late.computeIfAbsent(rows.getObject(1, LocalDate.class), unused -> new TreeSet<>())
                            .add(rows.getObject(2, UUID.class));
                    taken++;
                }
            }
        }
        SortedMap<LocalDate, SortedSet<UUID>> months = new TreeMap<>();
        Progress progress = progress(connection);
        for (Map.Entry<LocalDate, SortedSet<UUID>> entry : late.entrySet()) {
            LocalDate day = entry.getKey();
            if (progress != null && day.isBefore(progress.daysUntil())) {
                sumUp(connection, "select sum_up_day(?, ?)", day, entry.getValue());
                LocalDate month = day.withDayOfMonth(1);
                if (month.isBefore(progress.monthsUntil())) {
                    months.computeIfAbsent(month, unused -> new TreeSet<>()).addAll(entry.getValue());
                }
            }
        }
        for (Map.Entry<LocalDate, SortedSet<UUID>> entry : months.entrySet()) {
            sumUp(connection, "select sum_up_month(?, ?)", entry.getKey(), entry.getValue());
        }
        return taken == MAX_LATE;
    }

    /** Sums up the earliest day, and with its last day the month, that is over and has not been. Whether there was one. */
    private static boolean next(Connection connection, Instant now) throws SQLException {
        Progress progress = progress(connection);
        LocalDate firstOpen = LocalDate.ofInstant(now.minus(GRACE), ZoneOffset.UTC);
        if (progress == null || !progress.daysUntil().isBefore(firstOpen)) {
            return false;
        }
        LocalDate day = progress.daysUntil();
        LocalDate daysUntil = day.plusDays(1);
        LocalDate monthsUntil = progress.monthsUntil();
        execute(connection, "select sum_up_day('" + day + "')");
        if (daysUntil.getDayOfMonth() == 1) {
            execute(connection, "select sum_up_month('" + day.withDayOfMonth(1) + "')");
            monthsUntil = daysUntil;
        }
        execute(connection, "delete from statistics_progress");
        execute(connection, "insert into statistics_progress values ('" + daysUntil + "', '" + monthsUntil + "')");
        return true;
    }

    private static @Nullable Progress progress(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PROGRESS);
                ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? new Progress(row.getObject(1, LocalDate.class), row.getObject(2, LocalDate.class))
                    : null;
        }
    }

    private static void sumUp(Connection connection, String sql, LocalDate day, SortedSet<UUID> endpoints)
            throws SQLException {
        List<UUID> ids = new ArrayList<>(endpoints);
        Array array = connection.createArrayOf("uuid", ids.toArray());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, day);
            statement.setArray(2, array);
            statement.execute();
        }
    }

    private static boolean isLocked(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK);
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }
}
