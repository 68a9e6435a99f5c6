package io.stockhook.delivery.ordered;

import io.micrometer.core.instrument.MeterRegistry;
import io.stockhook.delivery.admission.AdmissionConfig;
import io.stockhook.delivery.admission.AdmissionMetrics;
import io.stockhook.delivery.admission.BreakerConfig;
import io.stockhook.delivery.circuit.CircuitAnnouncements;
import io.stockhook.delivery.dispatch.Dispatch;
import io.stockhook.delivery.dispatch.Settlement;
import io.stockhook.delivery.registry.EndpointRegistry;
import io.stockhook.delivery.registry.RunControls;
import io.stockhook.delivery.stream.Worker;
import io.stockhook.delivery.verdict.EndpointJudge;
import io.stockhook.delivery.verdict.Verdicts;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Shares the partitions of ordered deliveries among a few event loops, each partition on one of them for good. */
public final class OrderedLoops implements Worker.Handler, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(OrderedLoops.class);

    private final List<Context> contexts = new ArrayList<>();
    private final List<OrderedLoop> loops = new ArrayList<>();
    private final Backlog backlog;
    private final BacklogThreads threads;
    private final OrderedMetrics metrics;

    /**
     * Event loops of their own for ordered deliveries.
     *
     * @param count how many, at least one
     * @param slots how many attempts may be under way over all of them
     * @param backlog where deliveries wait that cannot go
     */
    public OrderedLoops(
            Vertx vertx,
            int count,
            int slots,
            EndpointRegistry registry,
            RunControls controls,
            Dispatch dispatch,
            Verdicts verdicts,
            Settlement settlement,
            CircuitAnnouncements circuits,
            Backlog backlog,
            OrderedConfig config,
            AdmissionConfig admission,
            BreakerConfig breaker,
            MeterRegistry meters,
            Clock clock) {
        this.backlog = backlog;
        this.threads = new BacklogThreads(config.databaseThreads());
        this.metrics = new OrderedMetrics(meters, clock);
        AdmissionMetrics admissionMetrics = new AdmissionMetrics(meters);
        int share = Math.max(1, slots / count);
        for (int i = 0; i < count; i++) {
            Context context = ((VertxInternal) vertx).createEventLoopContext();
            contexts.add(context);
            EndpointJudge judge = verdicts.judge();
            Executor nextTurn = task -> context.runOnContext(unused -> task.run());
            OrderedLoop loop = new OrderedLoop(
                    registry,
                    controls,
                    verdicts.heeding(judge, dispatch.on(context, share)),
                    judge,
                    settlement,
                    circuits,
                    backlog,
                    threads,
                    config,
                    breaker.settings(),
                    admission.slowAttempt(),
                    share,
                    nextTurn,
                    (milliseconds, what) -> vertx.setTimer(milliseconds, unused -> what.run()),
                    metrics,
                    admissionMetrics,
                    clock);
            loops.add(loop);
            context.runOnContext(unused -> vertx.setPeriodic(OrderedLoop.TICK.toMillis(), tick -> loop.tick()));
        }
        metrics.watch(this);
    }

    @Override
    public void assigned(TopicPartition partition, Worker.Assignment assignment) {
        OrderedLoop loop = loops.get(index(partition.partition()));
        contexts.get(index(partition.partition()))
                .runOnContext(unused -> loop.assigned(partition.partition(), assignment));
    }

    @Override
    public void handle(List<Worker.Work> batch) {
        List<List<Worker.Work>> parts = new ArrayList<>();
        for (int i = 0; i < loops.size(); i++) {
            parts.add(new ArrayList<>());
        }
        for (Worker.Work work : batch) {
            parts.get(index(work.source().partition())).add(work);
        }
        for (int i = 0; i < loops.size(); i++) {
            List<Worker.Work> part = parts.get(i);
            if (!part.isEmpty()) {
                OrderedLoop loop = loops.get(i);
                contexts.get(i).runOnContext(unused -> loop.accept(part));
            }
        }
    }

    /** Measures the backlog; blocks. */
    public void measure() {
        try {
            metrics.measured(backlog.measure());
        } catch (SQLException e) {
            LOG.debugf("backlog of ordered deliveries not measured: cause=%s", e.getMessage());
        }
    }

    /** Leaves the backlog alone. What is under way then is for the next owner. */
    @Override
    public void close() {
        threads.close();
    }

    int sum(ToIntFunction<OrderedLoop> of) {
        return loops.stream().mapToInt(of).sum();
    }

    private int index(int partition) {
        return partition % loops.size();
    }
}
