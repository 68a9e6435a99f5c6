package io.stockhook.delivery.replay;

import io.stockhook.events.Ids;
import io.stockhook.events.Json;
import io.stockhook.web.json.EnumNames;
import io.stockhook.web.paging.PageQuery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table {@code replay_job}, within the caller's transaction. */
final class JobTable {

    private static final String COLUMNS = """
            select job_id, tenant_id, action, state, selection, new_id, requested_by, total, done, skipped, failures, position,
                created_at, updated_at, finished_at, error
            from replay_job
            where\s""";

    private static final String INSERT = """
            insert into replay_job (job_id, tenant_id, action, state, selection, new_id, requested_by, total, created_at,
                updated_at, next_batch_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final String UPDATE = """
            update replay_job set state = ?, done = ?, skipped = ?, failures = ?, position = ?, updated_at = ?, finished_at = ?,
                next_batch_at = ?, error = ?
            where job_id = ?""";

    /** Whoever holds a job's row works on it; the others take the next one. */
    private static final String HOLD_NEXT = COLUMNS
            + "state = 'running' and next_batch_at <= now() order by next_batch_at limit 1 for update skip locked";

    private JobTable() {}

    static void insert(Connection connection, Job job) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setObject(1, job.id());
            statement.setString(2, job.tenantId());
            statement.setString(3, EnumNames.of(job.action()));
            statement.setString(4, EnumNames.of(job.state()));
            statement.setString(5, new String(Json.write(job.selection()), StandardCharsets.UTF_8));
            statement.setBoolean(6, job.hasNewId());
            statement.setString(7, job.requestedBy());
            statement.setLong(8, job.total());
            statement.setObject(9, timestamp(job.createdAt()));
            statement.setObject(10, timestamp(job.updatedAt()));
            statement.setObject(11, timestamp(job.createdAt()));
            statement.executeUpdate();
        }
    }

    /** Writes how far it is. */
    static void update(Connection connection, Job job, Instant nextBatchAt) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
            statement.setString(1, EnumNames.of(job.state()));
            statement.setLong(2, job.done());
            statement.setLong(3, job.skipped());
            statement.setInt(4, job.failures());
            statement.setObject(5, job.position());
            statement.setObject(6, timestamp(job.updatedAt()));
            Instant finishedAt = job.finishedAt();
            statement.setObject(7, finishedAt == null ? null : timestamp(finishedAt));
            statement.setObject(8, timestamp(nextBatchAt));
            statement.setString(9, job.error());
            statement.setObject(10, job.id());
            statement.executeUpdate();
        }
    }

    /** Holds the row of the job of any tenant whose batch has been due for the longest time and that nobody holds. */
    static Optional<Job> holdNext(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HOLD_NEXT)) {
            return jobs(statement).stream().findFirst();
        }
    }

    /** The tenant's job of this id, its row held, waiting for a batch that is under way. */
    static Optional<Job> holdOfTenant(Connection connection, String tenantId, Collection<Job.Action> actions, UUID id)
            throws SQLException {
        return findOfTenant(connection, tenantId, actions, id, " for update");
    }

    /** The tenant's job of this id. */
    static Optional<Job> findOfTenant(Connection connection, String tenantId, Collection<Job.Action> actions, UUID id)
            throws SQLException {
        return findOfTenant(connection, tenantId, actions, id, "");
    }

    private static Optional<Job> findOfTenant(
            Connection connection, String tenantId, Collection<Job.Action> actions, UUID id, String lock)
            throws SQLException {
        String sql = COLUMNS + "tenant_id = ? and job_id = ? and " + among(actions) + lock;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenantId);
            statement.setObject(2, id);
            return jobs(statement).stream().findFirst();
        }
    }

    /** The tenant's jobs, the latest first: one more than the page shows, if there are. */
    static List<Job> listOfTenant(
            Connection connection, String tenantId, Collection<Job.Action> actions, PageQuery page)
            throws SQLException {
        Optional<UUID> after = page.after(id -> Ids.uuid(Ids.Kind.JOB, id));
        String sql = COLUMNS + "tenant_id = ? and " + among(actions) + (after.isPresent() ? " and job_id < ?" : "")
                + " order by job_id desc limit " + page.fetchSize();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenantId);
            if (after.isPresent()) {
                statement.setObject(2, after.get());
            }
            return jobs(statement);
        }
    }

    /** How many of the tenant's jobs are running. */
    static int countRunningOfTenant(Connection connection, String tenantId) throws SQLException {
        String sql = "select count(*) from replay_job where tenant_id = ? and state = 'running'";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenantId);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** Forgets finished jobs of all tenants that are older than this. */
    static void purge(Connection connection, Duration age) throws SQLException {
        String sql = "delete from replay_job where created_at < now() - ? * interval '1 ms' and state <> 'running'";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, age.toMillis());
            statement.executeUpdate();
        }
    }

    private static String among(Collection<Job.Action> actions) {
        return actions.stream()
                .map(action -> '\'' + EnumNames.of(action) + '\'')
                .collect(Collectors.joining(", ", "action in (", ")"));
    }

    private static List<Job> jobs(PreparedStatement statement) throws SQLException {
        List<Job> jobs = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                jobs.add(job(row));
            }
        }
        return jobs;
    }

    private static Job job(ResultSet row) throws SQLException {
        return new Job(
                row.getObject("job_id", UUID.class),
                row.getString("tenant_id"),
                EnumNames.constant(Job.Action.class, row.getString("action")),
                EnumNames.constant(Job.State.class, row.getString("state")),
                selection(row.getString("selection")),
                row.getBoolean("new_id"),
                row.getString("requested_by"),
                row.getLong("total"),
                row.getLong("done"),
                row.getLong("skipped"),
                row.getInt("failures"),
                row.getObject("position", UUID.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                optional(row, "finished_at"),
                row.getString("error"));
    }

    private static Selection selection(String column) {
        try {
            return Json.read(column.getBytes(StandardCharsets.UTF_8), Selection.class);
        } catch (IOException e) {
            throw new IllegalStateException("a job's selection is written as a JSON object", e);
        }
    }

    private static @Nullable Instant optional(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
