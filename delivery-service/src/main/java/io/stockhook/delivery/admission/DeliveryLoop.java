package io.stockhook.delivery.admission;

import io.stockhook.delivery.dispatch.Attempts;
import io.stockhook.delivery.dispatch.Settlement;
import io.stockhook.delivery.registry.Endpoint;
import io.stockhook.delivery.registry.EndpointRegistry;
import io.stockhook.delivery.stream.Worker;
import io.stockhook.events.MalformedRecordException;
import io.stockhook.events.delivery.DeliveryTask;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The endpoints of one event loop. Everything here runs on that loop, so nothing is locked.
 *
 * <p>Slots are what the loop may have under way over all its endpoints. While they are all taken, endpoints that could go on wait in
 * line and get one slot each in turn.
 */
final class DeliveryLoop {

    private static final int FIRST_GUESS_LATENCY_MICROS = 100_000;
    private static final int SMOOTHING = 8;

    private final EndpointRegistry registry;
    private final Attempts attempts;
    private final Settlement settlement;
    private final AdmissionConfig config;
    private final Clock clock;
    private final Map<String, Lane> lanes = new HashMap<>();
    private final Deque<Lane> inLine = new ArrayDeque<>();
    private int freeSlots;
    private boolean isHandingOut;
    private volatile int inFlight;
    private volatile int queued;

    private record Waiting(Worker.Work work, DeliveryTask task) {}

    /** The state of one endpoint. */
    private static final class Lane {
        private final String endpointId;
        private final Deque<Waiting> queue = new ArrayDeque<>();
        private int cap;
        private int inFlight;
        private long latencyMicros = FIRST_GUESS_LATENCY_MICROS;
        private Instant reservedUntil = Instant.EPOCH;
        private boolean isInLine;

        Lane(String endpointId) {
            this.endpointId = endpointId;
        }

        Admission.Load load() {
            return new Admission.Load(inFlight, cap, queue.size(), latencyMicros, reservedUntil);
        }

        boolean isIdle(Instant now) {
            return inFlight == 0 && queue.isEmpty() && reservedUntil.isBefore(now);
        }
    }

    DeliveryLoop(
            EndpointRegistry registry,
            Attempts attempts,
            Settlement settlement,
            AdmissionConfig config,
            int slots,
            Clock clock) {
        this.registry = registry;
        this.attempts = attempts;
        this.settlement = settlement;
        this.config = config;
        this.freeSlots = slots;
        this.clock = clock;
    }

    /** Takes tasks that have arrived. */
    void accept(List<Worker.Work> batch) {
        for (Worker.Work work : batch) {
            DeliveryTask task;
            try {
                task = DeliveryTask.read(work.source().headers(), work.source().value());
            } catch (MalformedRecordException e) {
                settlement.setAside(work, e);
                continue;
            }
            admit(new Waiting(work, task));
        }
        useFreeSlots();
    }

    int inFlight() {
        return inFlight;
    }

    int queued() {
        return queued;
    }

    private void admit(Waiting waiting) {
        DeliveryTask task = waiting.task();
        Endpoint endpoint = registry.find(task.endpointId());
        Lane lane = lanes.computeIfAbsent(task.endpointId(), Lane::new);
        lane.cap = endpoint == null ? 1 : endpoint.registration().maxInFlight();
        Instant now = clock.instant();
        Admission.Verdict verdict = Admission.decide(lane.load(), task.deferrals() > 0, config, now);
        if (verdict instanceof Admission.Defer deferral) {
            lane.reservedUntil = deferral.slot();
            settlement.defer(waiting.work(), task, deferral.slot());
        } else {
            lane.queue.add(waiting);
            queued++;
            standInLine(lane);
        }
    }

    private void standInLine(Lane lane) {
        if (!lane.isInLine && !lane.queue.isEmpty() && lane.inFlight < lane.cap) {
            lane.isInLine = true;
            inLine.add(lane);
        }
    }

    private void useFreeSlots() {
        if (isHandingOut) {
            return; // an attempt that ended at once has called back from within the loop below
        }
        isHandingOut = true;
        while (freeSlots > 0 && !inLine.isEmpty()) {
            Lane lane = inLine.remove();
            lane.isInLine = false;
            Waiting next = lane.queue.poll();
            if (next != null) {
                queued--;
                begin(lane, next);
                standInLine(lane);
            }
        }
        isHandingOut = false;
    }

    private void begin(Lane lane, Waiting next) {
        freeSlots--;
        lane.inFlight++;
        inFlight++;
        attempts.attempt(next.task(), attempted -> end(lane, next, attempted));
    }

    private void end(Lane lane, Waiting ended, Attempts.Attempted attempted) {
        freeSlots++;
        lane.inFlight--;
        inFlight--;
        lane.latencyMicros += (attempted.durationMicros() - lane.latencyMicros) / SMOOTHING;
        settlement.settle(ended.work(), attempted);
        standInLine(lane);
        if (lane.isIdle(clock.instant())) {
            lanes.remove(lane.endpointId);
        }
        useFreeSlots();
    }
}
