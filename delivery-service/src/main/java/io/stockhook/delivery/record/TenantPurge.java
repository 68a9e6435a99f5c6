package io.stockhook.delivery.record;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Deletes what tenants do not keep for as long as the platform does: a batch in a transaction and a pause after it, so that it is
 * never in the recorder's way. What still is to be tried again stays until it has ended, and statistics stay altogether.
 */
@Singleton
class TenantPurge {

    private static final Logger LOG = Logger.getLogger(TenantPurge.class);

    private static final String LOCK = "select pg_try_advisory_xact_lock(hashtext('stockhook.tenant_purge'))";

    private static final String DELETE_DELIVERIES = """
            with gone as (
                select delivery_id
                from delivery
                where tenant_id = ? and delivery_id < first_id_of(?) and status <> 'retrying'
                order by delivery_id
                limit ?
            )
            delete from delivery
            where tenant_id = ? and delivery_id in (select delivery_id from gone)
            returning delivery_id""";

    private static final String DELETE_ATTEMPTS = "delete from attempt where delivery_id = any (?) and tenant_id = ?";

    private static final String DELETE_EVENTS = """
            with gone as (
                select event_id, day
                from event
                where tenant_id = ? and day < ?
                limit ?
            )
            delete from event
            using gone
            where event.tenant_id = ? and event.event_id = gone.event_id and event.day = gone.day""";

    private static final String DELETE_DEAD_LETTERS = """
            with gone as (
                select dead_letter_id
                from dead_letter
                where tenant_id = ? and dead_letter_id < first_id_of(?)
                order by dead_letter_id
                limit ?
            )
            delete from dead_letter
            where tenant_id = ? and dead_letter_id in (select dead_letter_id from gone)""";

    private final LogTransactions transactions;
    private final LogSchema schema;
    private final TenantRetentions retentions;
    private final RecordConfig config;
    private final Backoff pause;

    TenantPurge(LogTransactions transactions, LogSchema schema, TenantRetentions retentions, RecordConfig config) {
        this.transactions = transactions;
        this.schema = schema;
        this.retentions = retentions;
        this.config = config;
        this.pause = new Backoff(config.purgePause(), config.purgePause());
    }

    void stop(@Observes ShutdownEvent event) {
        pause.stop();
    }

    @Scheduled(
            every = "{stockhook.record.purge-interval}",
            delayed = "30s",
            concurrentExecution = ConcurrentExecution.SKIP)
    void run() {
        if (!schema.isReady()) {
            return;
        }
        try {
            purge(Instant.now());
        } catch (SQLException e) {
            LOG.warnf("what tenants do not keep not deleted, tries again later: cause=%s", e.getMessage());
        }
    }

    /** Deletes all that is past its tenant's retention at this time. */
    void purge(Instant now) throws SQLException {
        LocalDate platforms =
                LogDays.at(now, config.retention(), config.horizon()).first();
        for (Map.Entry<UUID, Integer> tenant : retentions.days().entrySet()) {
            LocalDate firstKept = LogDays.of(now).minusDays(tenant.getValue());
            // What the platform does not keep either goes with its partition.
            if (firstKept.isAfter(platforms)) {
                purge(tenant.getKey(), firstKept);
            }
        }
    }

    private void purge(UUID tenantId, LocalDate firstKept) throws SQLException {
        boolean[] isMore = {true};
        while (isMore[0]) {
            isMore[0] = false;
            transactions.run(connection -> {
                if (isLocked(connection)) {
                    isMore[0] = deliveries(connection, tenantId, firstKept)
                            | delete(connection, DELETE_EVENTS, tenantId, firstKept)
                            | delete(connection, DELETE_DEAD_LETTERS, tenantId, firstKept);
                }
            });
            if (isMore[0] && !pause.pause()) {
                return;
            }
        }
    }

    /** Whether there may be more. */
    private boolean deliveries(Connection connection, UUID tenantId, LocalDate firstKept) throws SQLException {
        List<UUID> gone = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(DELETE_DELIVERIES)) {
            bind(statement, tenantId, firstKept);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    gone.add(row.getObject(1, UUID.class));
                }
            }
        }
        if (gone.isEmpty()) {
            return false;
        }
        Array ids = connection.createArrayOf("uuid", gone.toArray());
        try (PreparedStatement statement = connection.prepareStatement(DELETE_ATTEMPTS)) {
            statement.setArray(1, ids);
            statement.setObject(2, tenantId);
            statement.executeUpdate();
        }
        return gone.size() == config.purgeBatch();
    }

    /** Whether there may be more. */
    private boolean delete(Connection connection, String sql, UUID tenantId, LocalDate firstKept) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, tenantId, firstKept);
            return statement.executeUpdate() == config.purgeBatch();
        }
    }

    private void bind(PreparedStatement statement, UUID tenantId, LocalDate firstKept) throws SQLException {
        statement.setObject(1, tenantId);
        statement.setObject(2, firstKept);
        statement.setInt(3, config.purgeBatch());
        statement.setObject(4, tenantId);
    }

    private static boolean isLocked(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK);
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }
}
