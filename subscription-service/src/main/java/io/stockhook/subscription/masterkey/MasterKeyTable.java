package io.stockhook.subscription.masterkey;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The SQL of the rotation of the master key. */
final class MasterKeyTable {

    private MasterKeyTable() {}

    /** A pass of the secrets to this key; whether it has finished. */
    record Rotation(Instant startedAt, @Nullable Instant finishedAt) {}

    /** How far one kind of secrets is. */
    record Progress(String position, long seen, long changed, boolean isDone) {
        static final Progress NONE = new Progress("", 0, 0, false);
    }

    /** Begins, or begins again, from the first row on. */
    static void begin(Connection connection, String keyId, String by, Instant now) throws SQLException {
        update(connection, "delete from master_key_progress where key_id = ?", keyId);
        update(connection, "delete from master_key_rotation where key_id = ?", keyId);
        update(
                connection,
                "insert into master_key_rotation (key_id, started_at, started_by) values (?, ?, ?)",
                keyId,
                now.atOffset(ZoneOffset.UTC),
                by);
    }

    static Optional<Rotation> find(Connection connection, String keyId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select started_at, finished_at from master_key_rotation where key_id = ?")) {
            select.setString(1, keyId);
            try (var row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                OffsetDateTime finished = row.getObject(2, OffsetDateTime.class);
                return Optional.of(new Rotation(
                        row.getObject(1, OffsetDateTime.class).toInstant(),
                        finished == null ? null : finished.toInstant()));
            }
        }
    }

    /** The unfinished one, its row locked; empty too while another instance works on it. */
    static boolean lockUnfinished(Connection connection, String keyId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select 1 from master_key_rotation where key_id = ? and finished_at is null for update skip locked")) {
            select.setString(1, keyId);
            try (var row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    static void finish(Connection connection, String keyId, Instant now) throws SQLException {
        update(
                connection,
                "update master_key_rotation set finished_at = ? where key_id = ?",
                now.atOffset(ZoneOffset.UTC),
                keyId);
    }

    static Progress progress(Connection connection, String keyId, String kind) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select position, seen, changed, is_done from master_key_progress where key_id = ? and kind = ?")) {
            select.setString(1, keyId);
            select.setString(2, kind);
            try (var row = select.executeQuery()) {
                return row.next()
                        ? new Progress(row.getString(1), row.getLong(2), row.getLong(3), row.getBoolean(4))
                        : Progress.NONE;
            }
        }
    }

    static void save(Connection connection, String keyId, String kind, Progress progress) throws SQLException {
        update(
                connection,
                """
                insert into master_key_progress (key_id, kind, position, seen, changed, is_done) values (?, ?, ?, ?, ?, ?)
                on conflict (key_id, kind) do update set position = excluded.position, seen = excluded.seen,
                    changed = excluded.changed, is_done = excluded.is_done""",
                keyId,
                kind,
                progress.position(),
                progress.seen(),
                progress.changed(),
                progress.isDone());
    }

    private static void update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int index = 0; index < values.length; index++) {
                update.setObject(index + 1, values[index]);
            }
            update.executeUpdate();
        }
    }
}
