package io.stockhook.delivery.replay;

import io.stockhook.delivery.query.Conditions;
import io.stockhook.events.Ids;
import io.stockhook.events.Json;
import io.stockhook.events.MicroClock;
import io.stockhook.web.paging.Page;
import io.stockhook.web.paging.PageQuery;
import io.stockhook.web.problem.Problems;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Takes bulk work in, shows it and stops it; {@link JobRunner} does it. */
@Singleton
class Jobs {

    private static final Logger LOG = Logger.getLogger(Jobs.class);
    private static final int MAX_COUNT = 1_000_000;

    private final ReplayTransactions transactions;
    private final ReplayConfig config;
    private final ReplayMetrics metrics;

    Jobs(ReplayTransactions transactions, ReplayConfig config, ReplayMetrics metrics) {
        this.transactions = transactions;
        this.config = config;
        this.metrics = metrics;
    }

    /**
     * How many of the tenant's deliveries or dead letters the selection is about now, counted up to a million.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 400 naming the field that does not fit
     */
    long count(String tenantId, Job.Action action, Selection selection) {
        return transactions.ofTenant(
                tenantId, connection -> count(connection, tenantId, action, selection, MicroClock.now()));
    }

    /**
     * Takes bulk work in.
     *
     * @param requestedBy who asks for it, fit for an audit trail
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 400 naming the field that does not fit, 409 if too much is running
     */
    JobView create(String tenantId, Job.Action action, Selection selection, boolean hasNewId, String requestedBy) {
        return transactions.ofTenant(tenantId, connection -> {
            if (JobTable.countRunningOfTenant(connection, tenantId) >= config.maxRunningJobs()) {
                throw Problems.conflict(
                        "%d jobs are running, which is as many as there may be; wait for one or cancel one."
                                .formatted(config.maxRunningJobs()));
            }
            Instant now = MicroClock.now();
            Job job = new Job(
                    Ids.uuid(Ids.Kind.JOB, Ids.next(Ids.Kind.JOB)),
                    tenantId,
                    action,
                    Job.State.RUNNING,
                    selection,
                    hasNewId,
                    requestedBy,
                    count(connection, tenantId, action, selection, now),
                    0,
                    0,
                    0,
                    null,
                    now,
                    now,
                    null,
                    null);
            JobTable.insert(connection, job);
            LOG.infof(
                    "job begun: tenant_id=%s job_id=%s action=%s total=%d requested_by=%s",
                    tenantId, Ids.format(Ids.Kind.JOB, job.id()), action, job.total(), requestedBy);
            return JobView.of(job);
        });
    }

    /** The tenant's jobs of these actions, the latest first. */
    Page<JobView> list(String tenantId, Set<Job.Action> actions, PageQuery page) {
        return transactions.ofTenant(
                tenantId,
                connection -> Page.of(
                        JobTable.listOfTenant(connection, tenantId, actions, page),
                        page,
                        job -> Ids.format(Ids.Kind.JOB, job.id()),
                        JobView::of,
                        null));
    }

    /**
     * The tenant's job of this id.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 404 if there is none of these actions
     */
    JobView get(String tenantId, Set<Job.Action> actions, String id) {
        UUID jobId = jobId(id);
        return transactions.ofTenant(tenantId, connection -> JobTable.findOfTenant(connection, tenantId, actions, jobId)
                .map(JobView::of)
                .orElseThrow(() -> Problems.notFound("job", id)));
    }

    /**
     * Stops a job after the batch that is under way; what it has begun goes on.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 404 if there is none of these actions, 409 if it has ended
     */
    JobView cancel(String tenantId, Set<Job.Action> actions, String id) {
        UUID jobId = jobId(id);
        return transactions.ofTenant(tenantId, connection -> {
            Job job = JobTable.holdOfTenant(connection, tenantId, actions, jobId)
                    .orElseThrow(() -> Problems.notFound("job", id));
            if (job.state() != Job.State.RUNNING) {
                throw Problems.conflict("The job has ended already.");
            }
            Job cancelled = job.ended(Job.State.CANCELLED, null, MicroClock.now());
            JobTable.update(connection, cancelled, MicroClock.now());
            audit(connection, cancelled);
            LOG.infof("job cancelled: tenant_id=%s job_id=%s done=%d", tenantId, id, job.done());
            return JobView.of(cancelled);
        });
    }

    /**
     * Takes the tenant's dead letter away for good.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 404 if there is none
     */
    void purgeOne(String tenantId, String id, String requestedBy) {
        transactions.ofTenant(tenantId, connection -> {
            Standings.Letter letter = Runs.letterOfTenant(connection, tenantId, id);
            try (PreparedStatement statement =
                    connection.prepareStatement("delete from dead_letter where tenant_id = ? and dead_letter_id = ?")) {
                statement.setObject(1, Ids.uuid(Ids.Kind.TENANT, tenantId));
                statement.setObject(2, letter.id());
                statement.executeUpdate();
            }
            audit(connection, tenantId, requestedBy, "{\"ids\":[\"" + id + "\"]}", 1);
            metrics.purged(1);
            return letter;
        });
    }

    /** Writes down who took how much away, if the job did. */
    static void audit(Connection connection, Job ended) throws SQLException {
        if (ended.action() == Job.Action.PURGE) {
            String selection = new String(Json.write(ended.selection()), StandardCharsets.UTF_8);
            audit(connection, ended.tenantId(), ended.requestedBy(), selection, ended.done());
        }
    }

    private static void audit(Connection connection, String tenantId, String by, String selection, long count)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into purge_audit (tenant_id, purged_by, selection, purged) values (?, ?, ?, ?)")) {
            statement.setString(1, tenantId);
            statement.setString(2, by);
            statement.setString(3, selection);
            statement.setLong(4, count);
            statement.executeUpdate();
        }
        LOG.infof("dead letters purged: tenant_id=%s by=%s count=%d selection=%s", tenantId, by, count, selection);
    }

    private static long count(
            Connection connection, String tenantId, Job.Action action, Selection selection, Instant until)
            throws SQLException {
        boolean isOnDeliveries = action == Job.Action.RETRY;
        Conditions conditions =
                isOnDeliveries ? selection.onDeliveries(tenantId, until) : selection.onDeadLetters(tenantId, until);
        String sql = "select count(*) from (select 1 from %s where %s limit %d) as found"
                .formatted(isOnDeliveries ? "delivery" : "dead_letter", conditions, MAX_COUNT);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            conditions.bind(statement);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static UUID jobId(String id) {
        if (!Ids.isA(Ids.Kind.JOB, id)) {
            throw Problems.notFound("job", id);
        }
        return Ids.uuid(Ids.Kind.JOB, id);
    }
}
