package io.stockhook.delivery.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class AdmissionProperties {

    private static final AdmissionConfig CONFIG = new FixedAdmissionConfig(Duration.ofSeconds(1), 1_000);
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    /** The first slots rest on a guess of the latency, which may be a hundred times too short; each return finds a better measure. */
    private static final int MOST_DEFERRALS = 8;

    @Property(tries = 100)
    void aBacklogOfAnySizeCostsEachTaskAHandfulOfDeferrals(
            @ForAll @IntRange(min = 1, max = 64) int cap,
            @ForAll @IntRange(min = 1, max = 10_000) int latencyMs,
            @ForAll @IntRange(min = 1, max = 20_000) int backlog) {
        // When
        EndpointModel endpoint = new EndpointModel(cap, latencyMs * 1_000L);
        endpoint.drain(backlog);

        // Then
        assertThat(endpoint.attempted).isEqualTo(backlog);
        assertThat(endpoint.mostInFlight).isLessThanOrEqualTo(cap);
        assertThat(endpoint.mostQueued).isLessThanOrEqualTo(CONFIG.maxQueue());
        assertThat(endpoint.mostDeferrals).isLessThanOrEqualTo(MOST_DEFERRALS);
    }

    /** One endpoint that answers after a fixed time, and the lane that its owner keeps for it. */
    private static final class EndpointModel {
        private final int cap;
        private final long answerMicros;
        private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparing(Event::at));
        private final Deque<Task> queue = new ArrayDeque<>();
        private long latencyMicros = 100_000;
        private Instant reservedUntil = Instant.EPOCH;
        private int inFlight;
        private int attempted;
        private int mostInFlight;
        private int mostQueued;
        private int mostDeferrals;

        private record Task(int deferrals) {}

        private record Event(Instant at, Runnable what) {}

        EndpointModel(int cap, long answerMicros) {
            this.cap = cap;
            this.answerMicros = answerMicros;
        }

        void drain(int backlog) {
            for (int i = 0; i < backlog; i++) {
                arrive(new Task(0), START);
            }
            for (Event next = events.poll(); next != null; next = events.poll()) {
                next.what().run();
            }
        }

        private void arrive(Task task, Instant now) {
            Admission.Load load = new Admission.Load(inFlight, cap, queue.size(), latencyMicros, reservedUntil);
            Admission.Verdict verdict = Admission.decide(load, task.deferrals() > 0, CONFIG, now);
            if (verdict instanceof Admission.Defer deferral) {
                reservedUntil = deferral.slot();
                Task deferred = new Task(task.deferrals() + 1);
                mostDeferrals = Math.max(mostDeferrals, deferred.deferrals());
                events.add(new Event(deferral.slot(), () -> arrive(deferred, deferral.slot())));
            } else if (verdict instanceof Admission.Queue) {
                queue.add(task);
                mostQueued = Math.max(mostQueued, queue.size());
            } else {
                begin(now);
            }
        }

        private void begin(Instant now) {
            inFlight++;
            mostInFlight = Math.max(mostInFlight, inFlight);
            Instant end = now.plus(answerMicros, ChronoUnit.MICROS);
            events.add(new Event(end, () -> end(end)));
        }

        private void end(Instant now) {
            inFlight--;
            attempted++;
            latencyMicros += (answerMicros - latencyMicros) / 8;
            if (queue.poll() != null) {
                begin(now);
            }
        }
    }
}
