package io.stockhook.delivery.replay;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.stockhook.delivery.query.Conditions;
import io.stockhook.events.Ids;
import io.stockhook.events.MicroClock;
import io.stockhook.web.problem.DatabaseFailure;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import jakarta.ws.rs.core.Response;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Does bulk work. A batch is one transaction: it holds the job's row, so that one instance at a time works on a job, sends what the batch
 * begins, waits until all of it is acknowledged, and moves the job's position. A crash leaves the position where it was; the batch is
 * repeated then, by whichever instance finds it, under the same run numbers as far as the log has not heard of them.
 */
@Singleton
class JobRunner {

    private static final Logger LOG = Logger.getLogger(JobRunner.class);
    private static final int PURGE_BATCH = 1_000;
    private static final int MOST_FAILURES = 20;
    private static final int MAX_ERROR = 500;
    private static final Duration COMPLAIN_EVERY = Duration.ofSeconds(30);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(5);

    private final ReplayTransactions transactions;
    private final Runs runs;
    private final ReplayConfig config;
    private final ReplayMetrics metrics;
    private @Nullable ScheduledExecutorService turns;
    private volatile boolean isStopping;
    private Instant complainedAt = Instant.EPOCH;

    JobRunner(ReplayTransactions transactions, Runs runs, ReplayConfig config, ReplayMetrics metrics) {
        this.transactions = transactions;
        this.runs = runs;
        this.config = config;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        start();
    }

    /** Before what it sends with is closed. */
    void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent event) {
        stop();
    }

    /** Begins to look for work; does nothing if it does already. */
    synchronized void start() {
        if (turns == null) {
            complainedAt = Instant.now(); // the tables may be on their way
            isStopping = false;
            turns = Executors.newSingleThreadScheduledExecutor(runnable -> new Thread(runnable, "replay-jobs"));
            long pollMs = config.pollInterval().toMillis();
            turns.scheduleWithFixedDelay(this::runAll, pollMs, pollMs, TimeUnit.MILLISECONDS);
        }
    }

    /** Ends the batch that is under way, within bounds, and looks for no other. */
    synchronized void stop() {
        if (turns != null) {
            isStopping = true;
            turns.shutdown();
            try {
                if (!turns.awaitTermination(STOPS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    turns.shutdownNow();
                }
            } catch (InterruptedException e) {
                turns.shutdownNow();
                Thread.currentThread().interrupt();
            }
            turns = null;
        }
    }

    @Scheduled(
            identity = "replay-job-purge",
            every = "1h",
            delayed = "2m",
            concurrentExecution = ConcurrentExecution.SKIP)
    void forgetOld() {
        transactions.ofSystem(connection -> {
            JobTable.purge(connection, config.jobRetention());
            return true;
        });
    }

    /** A scheduled job that throws is never run again, so it must not. */
    private void runAll() {
        try {
            while (!isStopping && runOnce()) {
                // as long as a batch is due
            }
        } catch (RuntimeException e) {
            Instant now = Instant.now();
            if (!now.isBefore(complainedAt.plus(COMPLAIN_EVERY))) {
                complainedAt = now;
                LOG.warnf("no job can be worked on now, tries again: cause=%s", e.getMessage());
            }
        }
    }

    /** Does a batch of the job that has been due for the longest time, and says whether there was one. */
    boolean runOnce() {
        AtomicReference<@Nullable Job> current = new AtomicReference<>();
        try {
            return transactions.ofSystem(connection -> {
                Optional<Job> due = JobTable.holdNext(connection);
                if (due.isPresent()) {
                    current.set(due.get());
                    batch(connection, due.get());
                }
                return due.isPresent();
            });
        } catch (RuntimeException e) {
            Job job = current.get();
            if (job == null || mayPass(e)) {
                throw e;
            }
            putOff(job, e);
            return true;
        }
    }

    private void batch(Connection connection, Job job) throws SQLException {
        switch (job.action()) {
            case RETRY -> retry(connection, job);
            case REPLAY -> replay(connection, job);
            case PURGE -> purge(connection, job);
        }
    }

    private void retry(Connection connection, Job job) throws SQLException {
        Conditions conditions = job.selection().onDeliveries(job.tenantId(), job.createdAt());
        if (job.position() != null) {
            conditions.and("delivery_id > ?", job.position());
        }
        List<Standing> batch = Standings.ofDeliveries(connection, conditions, config.batchSize());
        List<Standing> sendable = batch.stream().filter(Standing::hasData).toList();
        begin(connection, job, sendable);
        @Nullable UUID position = batch.isEmpty() ? null : uuid(batch.get(batch.size() - 1));
        advance(connection, job, position, sendable.size(), batch.size(), config.batchSize());
    }

    private void replay(Connection connection, Job job) throws SQLException {
        List<Standings.Letter> batch = lettersAfter(connection, job, config.batchSize());
        Map<String, Standings.Letter> latest = new LinkedHashMap<>();
        List<UUID> past = new ArrayList<>();
        for (Standings.Letter letter : batch) {
            String deliveryId = letter.standing().task().deliveryId();
            Standings.Letter known = latest.get(deliveryId);
            if (letter.isPast() || (known != null && !letter.isLaterThan(known))) {
                past.add(letter.id());
            } else {
                latest.put(deliveryId, letter);
                if (known != null) {
                    past.add(known.id());
                }
            }
        }
        List<Standing> sendable =
                latest.values().stream().map(Standings.Letter::standing).toList();
        begin(connection, job, sendable);
        delete(connection, job.tenantId(), past);
        @Nullable
        UUID position = batch.isEmpty() ? null : batch.get(batch.size() - 1).id();
        advance(connection, job, position, sendable.size(), batch.size(), config.batchSize());
    }

    private void purge(Connection connection, Job job) throws SQLException {
        List<UUID> batch = idsAfter(connection, job);
        delete(connection, job.tenantId(), batch);
        metrics.purged(batch.size());
        @Nullable UUID position = batch.isEmpty() ? null : batch.get(batch.size() - 1);
        advance(connection, job, position, batch.size(), batch.size(), PURGE_BATCH);
    }

    private void begin(Connection connection, Job job, List<Standing> sendable) throws SQLException {
        if (!sendable.isEmpty()) {
            runs.begin(connection, job.tenantId(), sendable, task -> job.messageId(task.deliveryId()));
        }
    }

    private void advance(Connection connection, Job job, @Nullable UUID position, int done, int taken, int full)
            throws SQLException {
        Instant now = MicroClock.now();
        metrics.skipped(taken - done);
        Job advanced = job.advanced(position, done, taken - done, now);
        if (taken < full) {
            advanced = advanced.ended(Job.State.DONE, null, now);
            Jobs.audit(connection, advanced);
            LOG.infof(
                    "job done: tenant_id=%s job_id=%s action=%s done=%d skipped=%d",
                    job.tenantId(), name(job), job.action(), advanced.done(), advanced.skipped());
        }
        int paced = job.action() == Job.Action.PURGE ? 0 : done;
        JobTable.update(connection, advanced, Job.nextBatchAt(now, paced, config.rate()));
    }

    /** Whether it is the database or the broker that is away, and not the job that cannot be done. */
    private static boolean mayPass(RuntimeException e) {
        return DatabaseFailure.of(e).filter(DatabaseFailure.AWAY::equals).isPresent()
                || (e instanceof HttpProblem problem
                        && problem.getStatusCode() == Response.Status.SERVICE_UNAVAILABLE.getStatusCode());
    }

    /** The batch has changed nothing; it comes again later, and other jobs go first. */
    private void putOff(Job job, RuntimeException why) {
        metrics.batchFailed();
        Instant now = MicroClock.now();
        String error = String.valueOf(why.getMessage());
        LOG.warnf(
                why,
                "a batch failed: tenant_id=%s job_id=%s failures=%d",
                job.tenantId(),
                name(job),
                job.failures() + 1);
        transactions.ofSystem(connection -> {
            Optional<Job> held = JobTable.holdOfTenant(connection, job.tenantId(), List.of(job.action()), job.id());
            if (held.isPresent() && held.get().state() == Job.State.RUNNING) {
                Job failed = held.get().failedOnce(now);
                if (failed.failures() >= MOST_FAILURES) {
                    failed = failed.ended(
                            Job.State.FAILED, error.substring(0, Math.min(error.length(), MAX_ERROR)), now);
                    Jobs.audit(connection, failed);
                }
                JobTable.update(connection, failed, now.plus(Job.pauseAfter(failed.failures())));
            }
            return true;
        });
    }

    private static List<Standings.Letter> lettersAfter(Connection connection, Job job, int limit) throws SQLException {
        return Standings.ofDeadLetters(connection, conditionsAfter(job), limit);
    }

    private static List<UUID> idsAfter(Connection connection, Job job) throws SQLException {
        return Standings.idsOfDeadLetters(connection, conditionsAfter(job), PURGE_BATCH);
    }

    private static Conditions conditionsAfter(Job job) {
        Conditions conditions = job.selection().onDeadLetters(job.tenantId(), job.createdAt());
        return job.position() == null ? conditions : conditions.and("dead_letter_id > ?", job.position());
    }

    private static void delete(Connection connection, String tenantId, List<UUID> deadLetters) throws SQLException {
        if (deadLetters.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "delete from dead_letter where tenant_id = ? and dead_letter_id = any(?)")) {
            statement.setObject(1, Ids.uuid(Ids.Kind.TENANT, tenantId));
            statement.setArray(2, connection.createArrayOf("uuid", deadLetters.toArray()));
            statement.executeUpdate();
        }
    }

    private static UUID uuid(Standing standing) {
        return Ids.uuid(Ids.Kind.DELIVERY, standing.task().deliveryId());
    }

    private static String name(Job job) {
        return Ids.format(Ids.Kind.JOB, job.id());
    }
}
