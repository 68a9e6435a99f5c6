package io.stockhook.subscription.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The SQL of the audit trail. Entries are appended and read, never changed. */
final class AuditTable {

    private static final String COLUMNS =
            "id, tenant_id, seq, at, actor, role, remote_address, trace_id, action, target,"
                    + " before, after, reason, occurrences, previous_hash, hash";
    /** Held until the commit: one writer of a chain at a time, so that nobody appends to what another one is about to append to. */
    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended('audit:' || ?, 0))";

    private static final String LAST =
            "select seq, hash from audit_entry where tenant_id = ? order by seq desc limit 1";
    private static final String INSERT = """
            insert into audit_entry (tenant_id, seq, at, actor, role, remote_address, trace_id, action, target, before, after,
                reason, occurrences, previous_hash, hash)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private AuditTable() {}

    private record Head(long seq, byte[] hash) {}

    /** Appends entries of one tenant to its chain, in the transaction of the connection, and in this order. */
    static void append(Connection connection, String tenantId, List<AuditEntry> entries) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setString(1, tenantId);
            lock.execute();
        }
        Head head = head(connection, tenantId);
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (AuditEntry entry : entries) {
                byte[] previous = head.hash();
                head = new Head(head.seq() + 1, AuditChain.hash(head.seq() + 1, entry, previous));
                set(insert, entry, head, previous);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static Head head(Connection connection, String tenantId) throws SQLException {
        try (PreparedStatement last = connection.prepareStatement(LAST)) {
            last.setString(1, tenantId);
            try (ResultSet row = last.executeQuery()) {
                return row.next() ? new Head(row.getLong(1), row.getBytes(2)) : new Head(0, AuditChain.START);
            }
        }
    }

    private static void set(PreparedStatement insert, AuditEntry entry, Head head, byte[] previous)
            throws SQLException {
        insert.setString(1, entry.tenantId());
        insert.setLong(2, head.seq());
        insert.setObject(3, entry.at().atOffset(ZoneOffset.UTC));
        insert.setString(4, entry.actor());
        insert.setString(5, entry.role());
        insert.setString(6, entry.remoteAddress());
        insert.setString(7, entry.traceId());
        insert.setString(8, entry.action());
        insert.setString(9, entry.target());
        insert.setString(10, entry.before());
        insert.setString(11, entry.after());
        insert.setString(12, entry.reason());
        insert.setInt(13, entry.occurrences());
        insert.setBytes(14, previous);
        insert.setBytes(15, head.hash());
    }

    /** A tenant's entries in the order of the chain. */
    static List<ChainedEntry> chain(Connection connection, String tenantId, long afterSeq, int limit)
            throws SQLException {
        String sql = "select " + COLUMNS + " from audit_entry where tenant_id = ? and seq > ? order by seq limit ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, tenantId);
            select.setLong(2, afterSeq);
            select.setInt(3, limit);
            return read(select);
        }
    }

    /** The tenants that have a chain, in order. */
    static List<String> tenants(Connection connection, String after, int limit) throws SQLException {
        String sql = "select distinct tenant_id from audit_entry where tenant_id > ? order by tenant_id limit ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, after);
            select.setInt(2, limit);
            List<String> tenants = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    tenants.add(rows.getString(1));
                }
            }
            return tenants;
        }
    }

    /** Entries that satisfy all filters, newest first. */
    static List<ChainedEntry> list(Connection connection, AuditFilter filter, @Nullable Long beforeId, int limit)
            throws SQLException {
        List<Object> values = new ArrayList<>();
        StringBuilder sql = new StringBuilder("select " + COLUMNS + " from audit_entry where true");
        add(sql, values, " and tenant_id = ?", filter.tenantId());
        add(sql, values, " and actor = ?", Optional.ofNullable(filter.actor()));
        add(sql, values, filter.isActionPrefix() ? " and action like ?" : " and action = ?", filter.actionPattern());
        add(sql, values, " and target = ?", Optional.ofNullable(filter.target()));
        add(sql, values, " and at >= ?", time(filter.from()));
        add(sql, values, " and at < ?", time(filter.to()));
        add(sql, values, " and id < ?", Optional.ofNullable(beforeId));
        sql.append(" order by id desc limit ?");
        values.add(limit);
        try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
            for (int index = 0; index < values.size(); index++) {
                select.setObject(index + 1, values.get(index));
            }
            return read(select);
        }
    }

    private static Optional<OffsetDateTime> time(@Nullable Instant instant) {
        return Optional.ofNullable(instant).map(at -> at.atOffset(ZoneOffset.UTC));
    }

    private static void add(StringBuilder sql, List<Object> values, String condition, Optional<?> value) {
        value.ifPresent(given -> {
            sql.append(condition);
            values.add(given);
        });
    }

    private static List<ChainedEntry> read(PreparedStatement select) throws SQLException {
        List<ChainedEntry> entries = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                var entry = new AuditEntry(
                        row.getString("tenant_id"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("actor"),
                        row.getString("role"),
                        row.getString("remote_address"),
                        row.getString("trace_id"),
                        row.getString("action"),
                        row.getString("target"),
                        row.getString("before"),
                        row.getString("after"),
                        row.getString("reason"),
                        row.getInt("occurrences"));
                entries.add(new ChainedEntry(
                        row.getLong("id"),
                        row.getLong("seq"),
                        entry,
                        row.getBytes("previous_hash"),
                        row.getBytes("hash")));
            }
        }
        return entries;
    }
}
