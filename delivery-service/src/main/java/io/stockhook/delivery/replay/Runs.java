package io.stockhook.delivery.replay;

import io.stockhook.delivery.query.Conditions;
import io.stockhook.events.Ids;
import io.stockhook.events.Topics;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.events.delivery.DeliveryTask;
import io.stockhook.events.delivery.RunControl;
import io.stockhook.web.problem.Problems;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Begins and ends runs of deliveries. The new run's task is acknowledged before the entry that ends the runs below it is written: a crash in
 * between leaves two runs, never none.
 */
@Singleton
class Runs {

    private static final Logger LOG = Logger.getLogger(Runs.class);

    private static final String FORGET_DEAD_LETTERS = """
            delete from dead_letter using unnest(?::uuid[], ?::int[]) as begun (delivery_id, run)
            where tenant_id = ? and dead_letter.delivery_id = begun.delivery_id and dead_letter.run < begun.run""";

    private static final Duration EVENTS_LATE_BY = Duration.ofMinutes(1);

    private final ReplayTransactions transactions;
    private final RunPublisher publisher;
    private final ReplayConfig config;
    private final ReplayMetrics metrics;
    private final Clock clock = Clock.systemUTC();

    Runs(ReplayTransactions transactions, RunPublisher publisher, ReplayConfig config, ReplayMetrics metrics) {
        this.transactions = transactions;
        this.publisher = publisher;
        this.config = config;
        this.metrics = metrics;
    }

    /**
     * Sends the tenant's delivery once more, whatever has become of it.
     *
     * @param hasNewId whether it is to have a {@code webhook-id} of its own
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 404 if there is none, 409 if its event's data is not in the log
     */
    RunView retry(String tenantId, String id, boolean hasNewId) {
        return transactions.ofTenant(tenantId, connection -> {
            Standing standing =
                    Standings.ofDelivery(connection, tenantId, id).orElseThrow(() -> Problems.notFound("delivery", id));
            if (!standing.hasData()) {
                throw withoutData(standing);
            }
            return beginOne(connection, tenantId, standing, hasNewId);
        });
    }

    /**
     * Sends the delivery of the tenant's dead letter once more; the letter is gone then.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 404 if there is none, 409 if its delivery has been sent again already
     */
    RunView replay(String tenantId, String id, boolean hasNewId) {
        return transactions.ofTenant(tenantId, connection -> {
            Standings.Letter letter = letterOfTenant(connection, tenantId, id);
            if (letter.isPast()) {
                throw Problems.conflict("Its delivery has been sent again since; see the delivery '%s'."
                        .formatted(letter.standing().task().deliveryId()));
            }
            return beginOne(connection, tenantId, letter.standing(), hasNewId);
        });
    }

    /**
     * Takes the tenant's delivery back: nothing of it is attempted any more. What is under way cannot be stopped.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 404 if there is none, 409 if nothing of it is to come
     */
    RunView cancel(String tenantId, String id) {
        return transactions.ofTenant(tenantId, connection -> {
            Standing standing =
                    Standings.ofDelivery(connection, tenantId, id).orElseThrow(() -> Problems.notFound("delivery", id));
            Instant now = now();
            RunNumbers.Held held = RunNumbers.hold(connection, tenantId, standing, now, config.longestDelay());
            int run = held.run();
            boolean isAhead = run > standing.task().run(); // of the log, which has yet to hear of a retry
            if (standing.isEnded() && !isAhead && !standing.status().equals("held")) {
                throw Problems.conflict("The delivery is %s: nothing of it is to come.".formatted(standing.status()));
            }
            DeliveryTask last = standing.task().inRun(run, isAhead ? 1 : standing.nextAttempt());
            publisher.publish(
                    List.of(RunControl.cancel(id, run, now, held.keepUntil()).toRecord()));
            publisher.publish(List.of(
                    DeliveryAttempt.dropped(last, now, RunControl.CANCELLED).toRecord()));
            metrics.cancelled();
            LOG.infof("delivery cancelled: tenant_id=%s delivery_id=%s run=%d", tenantId, id, run);
            return RunView.cancelled(last, now);
        });
    }

    /**
     * Begins the next run of each of these deliveries, within the caller's transaction, and forgets their dead letters.
     *
     * @param messageId the {@code webhook-id} that a delivery is to have; null for its event's id
     * @return the first tasks of the runs
     */
    List<DeliveryTask> begin(
            Connection connection,
            String tenantId,
            List<Standing> standings,
            Function<DeliveryTask, @Nullable String> messageId)
            throws SQLException {
        Instant now = now();
        Map<String, RunNumbers.Held> numbers =
                RunNumbers.beginNext(connection, tenantId, standings, now, config.longestDelay());
        List<DeliveryTask> tasks = new ArrayList<>(standings.size());
        List<ProducerRecord<byte[], byte[]>> toAttempt = new ArrayList<>(standings.size());
        List<ProducerRecord<byte[], byte[]>> toKnow = new ArrayList<>(2 * standings.size());
        for (Standing standing : standings) {
            DeliveryTask past = standing.task();
            RunNumbers.Held next = RunNumbers.of(standing, numbers);
            DeliveryTask task = past.ofRun(next.run(), now, messageId.apply(past));
            tasks.add(task);
            toAttempt.add(task.toRecord(Topics.TASKS));
            toKnow.add(RunControl.supersede(task.deliveryId(), next.run(), now, next.keepUntil())
                    .toRecord());
            toKnow.add(DeliveryAttempt.scheduled(task, now).toRecord());
        }
        publisher.publish(toAttempt);
        publisher.publish(toKnow);
        forgetDeadLetters(connection, tenantId, tasks);
        metrics.begun(tasks.size());
        return tasks;
    }

    /** The tenant's dead letter of this id, or a 404. */
    static Standings.Letter letterOfTenant(Connection connection, String tenantId, String id) throws SQLException {
        if (!Ids.isA(Ids.Kind.DEAD_LETTER, id)) {
            throw Problems.notFound("dead letter", id);
        }
        Conditions conditions = new Conditions(tenantId).and("dead_letter_id = ?", Ids.uuid(Ids.Kind.DEAD_LETTER, id));
        return Standings.ofDeadLetters(connection, conditions, 1).stream()
                .findFirst()
                .orElseThrow(() -> Problems.notFound("dead letter", id));
    }

    private RunView beginOne(Connection connection, String tenantId, Standing standing, boolean hasNewId)
            throws SQLException {
        String newId = hasNewId ? Ids.next(Ids.Kind.EVENT) : null;
        DeliveryTask task =
                begin(connection, tenantId, List.of(standing), unused -> newId).get(0);
        LOG.infof("run begun: tenant_id=%s delivery_id=%s run=%d", tenantId, task.deliveryId(), task.run());
        return RunView.begun(task);
    }

    /** Attempts and events come to the log by different ways, so that a new delivery may be there before its event is. */
    private RuntimeException withoutData(Standing standing) {
        boolean isNew = standing.task().eventTime().isAfter(clock.instant().minus(EVENTS_LATE_BY));
        return isNew
                ? Problems.inProgress("The log does not hold the event's data yet; ask again.", Duration.ofSeconds(1))
                : Problems.conflict("The log does not hold the event's data, so it cannot be sent again.");
    }

    private static void forgetDeadLetters(Connection connection, String tenantId, List<DeliveryTask> begun)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FORGET_DEAD_LETTERS)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "uuid",
                            begun.stream()
                                    .map(task -> Ids.uuid(Ids.Kind.DELIVERY, task.deliveryId()))
                                    .toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "int4", begun.stream().map(DeliveryTask::run).toArray(Integer[]::new)));
            statement.setObject(3, Ids.uuid(Ids.Kind.TENANT, tenantId));
            statement.executeUpdate();
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
