package io.stockhook.delivery.admission;

import io.micrometer.core.instrument.MeterRegistry;
import io.stockhook.delivery.circuit.CircuitAnnouncements;
import io.stockhook.delivery.dispatch.BatchParts;
import io.stockhook.delivery.dispatch.Dispatch;
import io.stockhook.delivery.dispatch.Settlement;
import io.stockhook.delivery.registry.Confirmations;
import io.stockhook.delivery.registry.EndpointRegistry;
import io.stockhook.delivery.registry.RunControls;
import io.stockhook.delivery.stream.Worker;
import io.stockhook.delivery.verdict.EndpointJudge;
import io.stockhook.delivery.verdict.Verdicts;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Shares the endpoints among a few event loops, each endpoint on one of them for good. */
public final class DeliveryLoops implements Worker.Handler {

    private final List<Context> contexts = new ArrayList<>();
    private final List<DeliveryLoop> loops = new ArrayList<>();

    /**
     * Event loops of their own for deliveries.
     *
     * @param count how many, at least one
     * @param firstLook how long after a 202 it is first looked whether it was confirmed
     * @param slots how many attempts may be under way over all of them
     */
    public DeliveryLoops(
            Vertx vertx,
            int count,
            int slots,
            EndpointRegistry registry,
            RunControls controls,
            Confirmations confirmations,
            Duration firstLook,
            Dispatch dispatch,
            Verdicts verdicts,
            Settlement settlement,
            AdmissionConfig config,
            BreakerConfig breaker,
            CircuitAnnouncements circuits,
            MeterRegistry meters,
            Clock clock) {
        BatchParts parts = dispatch.batchParts();
        AdmissionMetrics metrics = new AdmissionMetrics(meters);
        for (int i = 0; i < count; i++) {
            Context context = ((VertxInternal) vertx).createEventLoopContext();
            contexts.add(context);
            int share = Math.max(1, slots / count);
            EndpointJudge judge = verdicts.judge();
            DeliveryLoop loop = new DeliveryLoop(
                    registry,
                    controls,
                    confirmations,
                    firstLook,
                    verdicts.heeding(judge, dispatch.on(context, share)),
                    parts,
                    judge,
                    settlement,
                    config,
                    breaker,
                    circuits,
                    share,
                    count,
                    task -> context.runOnContext(unused -> task.run()),
                    (milliseconds, what) -> vertx.setTimer(milliseconds, unused -> what.run()),
                    metrics,
                    clock);
            loops.add(loop);
            context.runOnContext(unused -> vertx.setPeriodic(DeliveryLoop.TICK.toMillis(), tick -> loop.tick()));
        }
    }

    @Override
    public void handle(List<Worker.Work> batch) {
        List<List<Worker.Work>> parts = new ArrayList<>();
        for (int i = 0; i < loops.size(); i++) {
            parts.add(new ArrayList<>());
        }
        for (Worker.Work work : batch) {
            parts.get(Math.floorMod(Arrays.hashCode(work.source().key()), loops.size()))
                    .add(work);
        }
        for (int i = 0; i < loops.size(); i++) {
            List<Worker.Work> part = parts.get(i);
            if (!part.isEmpty()) {
                DeliveryLoop loop = loops.get(i);
                contexts.get(i).runOnContext(unused -> loop.accept(part));
            }
        }
    }

    /** How many attempts are under way. */
    public int inFlight() {
        return loops.stream().mapToInt(DeliveryLoop::inFlight).sum();
    }

    /** How many endpoints' circuits are not closed. */
    public int openCircuits() {
        return loops.stream().mapToInt(DeliveryLoop::openCircuits).sum();
    }

    /** How many tasks wait in memory. */
    public int queued() {
        return loops.stream().mapToInt(DeliveryLoop::queued).sum();
    }
}
