package io.stockhook.delivery.record;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The log's partitions, one a day: made a week ahead, made when a record needs one, dropped when they are past the retention.
 * Thread-safe.
 */
@Singleton
class LogPartitions {

    private static final Logger LOG = Logger.getLogger(LogPartitions.class);
    private static final int DAYS_BEHIND = 1;
    private static final int DAYS_AHEAD = 7;

    private final LogTransactions transactions;
    private final LogSchema schema;
    private final RecordConfig config;
    private final Set<LocalDate> known = ConcurrentHashMap.newKeySet();

    LogPartitions(LogTransactions transactions, LogSchema schema, RecordConfig config) {
        this.transactions = transactions;
        this.schema = schema;
        this.config = config;
    }

    /** The days that may have a partition now. */
    LogDays days() {
        return LogDays.at(Instant.now(), config.retention(), config.horizon());
    }

    /** Makes what is missing of these days' partitions, in a transaction of its own, since that locks the tables for a moment. */
    void ensure(Collection<LocalDate> days) throws SQLException {
        Set<LocalDate> missing = new TreeSet<>(days);
        missing.removeAll(known);
        if (!missing.isEmpty()) {
            transactions.run(connection -> create(connection, missing));
            known.addAll(missing);
        }
    }

    /** Forgets which partitions exist: someone else may have dropped one. */
    void forget() {
        known.clear();
    }

    /** Prepares the days to come and drops those past the retention; more often than daily, so that no restart skips it. */
    @Scheduled(every = "1h", delayed = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void maintain() {
        if (!schema.isReady()) {
            return;
        }
        LocalDate today = LogDays.of(Instant.now());
        LocalDate firstKept = days().first();
        Set<LocalDate> ahead = new HashSet<>();
        for (int day = -DAYS_BEHIND; day <= DAYS_AHEAD; day++) {
            ahead.add(today.plusDays(day));
        }
        try {
            ensure(ahead);
            transactions.run(connection -> dropBefore(connection, firstKept));
            transactions.run(connection -> dropStatisticsBefore(
                    connection, today.minusDays(config.statisticsRetention().toDays())));
            known.removeIf(day -> day.isBefore(firstKept));
        } catch (SQLException e) {
            LOG.warnf("partitions of the log not maintained, tries again in an hour: cause=%s", e.getMessage());
        }
    }

    private static void create(Connection connection, Set<LocalDate> days) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select create_log_day(?)")) {
            for (LocalDate day : days) {
                statement.setObject(1, day);
                statement.execute();
            }
        }
    }

    private static void dropBefore(Connection connection, LocalDate firstKept) throws SQLException {
        // Hours are summed up to days before they go.
        execute(
                connection,
                "select drop_log_days_before(least(?, (select days_until from statistics_progress)))",
                firstKept);
        execute(connection, "delete from statistics_late where day < ?", firstKept);
        execute(
                connection,
                "delete from dead_letter where dead_at < (?::date)::timestamp at time zone 'UTC'",
                firstKept);
        execute(
                connection,
                "delete from set_aside where set_aside_at < (?::date)::timestamp at time zone 'UTC'",
                firstKept);
    }

    private static void dropStatisticsBefore(Connection connection, LocalDate firstKept) throws SQLException {
        for (String table : List.of("statistics_day", "error_day", "statistics_month", "error_month")) {
            execute(
                    connection,
                    "delete from " + table + " where starts_at < (?::date)::timestamp at time zone 'UTC'",
                    firstKept);
        }
    }

    private static void execute(Connection connection, String sql, LocalDate day) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, day);
            statement.execute();
        }
    }
}
