package io.stockhook.delivery.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class AdmissionProperties {

    private static final AdmissionConfig CONFIG = FixedAdmissionConfig.DEFAULT;
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    /** Each return may be for twice as long as the one before, the first for 15 s: 14 of them reach more than two days. */
    private static final int MOST_DEFERRALS = 16;

    @Property(tries = 100)
    void aBacklogCostsEachTaskDeferralsByTheLogarithmOfItsLength(
            @ForAll @IntRange(min = 1, max = 64) int cap,
            @ForAll @IntRange(min = 1, max = 10_000) int latencyMs,
            @ForAll @IntRange(min = 1, max = 20_000) int backlog) {
        // When
        EndpointModel endpoint = new EndpointModel(cap, latencyMs * 1_000L);
        endpoint.drain(backlog);

        // Then
        assertThat(endpoint.attempted).isEqualTo(backlog);
        assertThat(endpoint.mostInFlight).isLessThanOrEqualTo(cap);
        assertThat(endpoint.longestExpectedWait)
                .isLessThanOrEqualTo(CONFIG.maxQueueWait().multipliedBy(4));
        assertThat(endpoint.mostDeferrals).isLessThanOrEqualTo(MOST_DEFERRALS);
    }

    @Property(tries = 50)
    void anEndpointThatAnswersAtOnceIsNeverPutOff(
            @ForAll @IntRange(min = 1, max = 64) int cap, @ForAll @IntRange(min = 1, max = 1_000) int backlog) {
        // When
        EndpointModel endpoint = new EndpointModel(cap, 900);
        endpoint.drain(backlog);

        // Then
        assertThat(endpoint.mostDeferrals).isZero();
    }

    /** One endpoint that answers after a fixed time, and the lane that its owner keeps for it. */
    private static final class EndpointModel {
        private final Lane<Task> lane = new Lane<>("wh_1");
        private final int cap;
        private final long answerMicros;
        private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparing(Event::at));
        private int inFlight;
        private int attempted;
        private int mostInFlight;
        private int mostDeferrals;
        private Duration longestExpectedWait = Duration.ZERO;

        private record Task(int deferrals) {}

        private record Event(Instant at, Runnable what) {}

        EndpointModel(int cap, long answerMicros) {
            this.cap = cap;
            this.answerMicros = answerMicros;
            lane.cap(cap);
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
            Admission.Verdict verdict = Admission.decide(lane.load(), false, task.deferrals(), CONFIG, now);
            if (verdict instanceof Admission.Defer deferral) {
                defer(task, deferral);
            } else {
                lane.enqueue(task);
            }
            useFreeSlots(now);
        }

        private void defer(Task task, Admission.Defer deferral) {
            if (deferral.isReserved()) {
                lane.reserve(deferral.until());
            }
            Task deferred = new Task(task.deferrals() + 1);
            mostDeferrals = Math.max(mostDeferrals, deferred.deferrals());
            events.add(new Event(deferral.until(), () -> arrive(deferred, deferral.until())));
        }

        private void useFreeSlots(Instant now) {
            while (lane.hasNext()) {
                lane.first();
                lane.began();
                inFlight++;
                mostInFlight = Math.max(mostInFlight, inFlight);
                Instant end = now.plus(answerMicros, ChronoUnit.MICROS);
                Instant slow = now.plus(CONFIG.slowAttempt());
                if (slow.isBefore(end)) {
                    events.add(new Event(slow, () -> {
                        lane.slowed(CONFIG.slowAttempt().toMillis() * 1_000);
                        shed(slow);
                    }));
                    events.add(new Event(end.minusNanos(1), () -> lane.grew(answerMicros)));
                }
                events.add(new Event(end, () -> end(end, slow.isBefore(end))));
            }
        }

        private void end(Instant now, boolean wasSlow) {
            inFlight--;
            attempted++;
            lane.ended(answerMicros, wasSlow, 0);
            shed(now);
            useFreeSlots(now);
        }

        private void shed(Instant now) {
            while (Admission.isOverfull(lane.load(), CONFIG)) {
                Task last = Objects.requireNonNull(lane.last());
                defer(last, Admission.defer(lane.load(), last.deferrals(), CONFIG, now));
            }
            Admission.Load load = lane.load();
            if (load.queued() > 0 && load.expectedWait().compareTo(longestExpectedWait) > 0) {
                longestExpectedWait = load.expectedWait();
            }
        }
    }
}
