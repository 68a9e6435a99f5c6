package io.stockhook.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * P1 and P2: events already in Kafka, delivered until the last attempt is in PostgreSQL.
 *
 * <p>The service is held still while the events are written, so that it is warm and has all of them before it when the clock starts.
 */
final class Throughput {

    private static final int ENDPOINTS = 10;
    private static final int MAX_WARM_UPS = 8;
    private static final int MAX_EVENTS_AT_ONCE = 100_000;
    private static final long GIVE_UP_NANOS = 300_000_000_000L;

    private final DeliveryStack stack;
    private final Sink sink;
    private final Load load;
    private int webhooks;

    /**
     * A run.
     *
     * @param perSecond deliveries a second
     * @param deferrals tasks that were put off, each costing another trip through the broker
     * @param cpuMicros what each part used for a delivery, in microseconds of processor time
     */
    record Run(double perSecond, long deferrals, Map<String, Double> cpuMicros) {

        @Override
        public String toString() {
            String cpu = cpuMicros.entrySet().stream()
                    .map(part -> "%s %.0f".formatted(part.getKey(), part.getValue()))
                    .collect(Collectors.joining(", "));
            return "%,.0f deliveries/s; %,d put off; CPU us each: %s".formatted(perSecond, deferrals, cpu);
        }
    }

    Throughput(DeliveryStack stack, Sink sink, Load load) {
        this.stack = stack;
        this.sink = sink;
        this.load = load;
    }

    /** Deliveries a second of each run, the warm-up left out. */
    List<Run> fanOut(int events, int runs) throws IOException, InterruptedException, SQLException {
        List<String> types = List.of("benchmark.fanout");
        for (int i = 0; i < ENDPOINTS; i++) {
            webhook("/fanout/" + i, types.get(0));
        }
        return measure(events, types, ENDPOINTS, runs);
    }

    /** The same with one endpoint for each event. */
    List<Run> oneToOne(int events, int runs) throws IOException, InterruptedException, SQLException {
        List<String> types = IntStream.range(0, ENDPOINTS)
                .mapToObj(i -> "benchmark.single" + i)
                .toList();
        for (int i = 0; i < ENDPOINTS; i++) {
            webhook("/single/" + i, types.get(i));
        }
        return measure(events, types, 1, runs);
    }

    private void webhook(String path, String type) {
        load.webhook("http://127.0.0.1:" + sink.port() + path, type);
        webhooks++;
    }

    private List<Run> measure(int events, List<String> types, int fanOut, int runs)
            throws IOException, InterruptedException, SQLException {
        if (events > MAX_EVENTS_AT_ONCE) {
            throw new IllegalArgumentException("more than " + MAX_EVENTS_AT_ONCE + " events take longer to write than"
                    + " the service may be held still");
        }
        stack.awaitEndpoints(webhooks);
        warmUp(events, types, fanOut);
        List<Run> results = new ArrayList<>();
        for (int run = 1; run <= runs; run++) {
            Run result = once(events, types, (long) events * fanOut);
            say("run " + run, result);
            results.add(result);
        }
        return results;
    }

    /** Until a run is hardly faster than the one before: the service is still being compiled. */
    private void warmUp(int events, List<String> types, int fanOut)
            throws IOException, InterruptedException, SQLException {
        double last = 0;
        for (int run = 0; run < MAX_WARM_UPS; run++) {
            Run result = once(events, types, (long) events * fanOut);
            say("warm-up", result);
            if (result.perSecond() < 1.1 * last) {
                return;
            }
            last = result.perSecond();
        }
    }

    private static void say(String what, Run result) {
        System.out.println("... " + what + ": " + result);
    }

    private Run once(int events, List<String> types, long deliveries)
            throws IOException, InterruptedException, SQLException {
        long recordedBefore = stack.recorded();
        long receivedBefore = sink.received();
        long countedBefore = stack.counted();
        long deferralsBefore = stack.deferrals();
        stack.suspend();
        try {
            load.events(events, types);
        } finally {
            stack.resume();
        }
        Map<String, Duration> cpuBefore = stack.cpuTimes();
        long start = System.nanoTime();
        // Asking a service for its metrics costs it more than many a delivery, so it is asked only once the sink has
        // all of them.
        while (sink.received() - receivedBefore < deliveries || stack.recorded() - recordedBefore < deliveries) {
            if (System.nanoTime() - start > GIVE_UP_NANOS) {
                throw new IllegalStateException("only %d of %d deliveries are recorded after 5 minutes, %d received"
                        .formatted(stack.recorded() - recordedBefore, deliveries, sink.received() - receivedBefore));
            }
            Thread.sleep(50);
        }
        double perSecond = deliveries * 1e9 / (System.nanoTime() - start);
        Map<String, Double> cpuMicros = new LinkedHashMap<>();
        stack.cpuTimes()
                .forEach((part, time) -> cpuMicros.put(
                        part,
                        time.minus(cpuBefore.getOrDefault(part, Duration.ZERO)).toNanos() / 1e3 / deliveries));
        long counted = stack.counted() - countedBefore;
        if (counted < deliveries) {
            throw new IllegalStateException(
                    "the service says %d more attempts, the database has %d".formatted(deliveries, counted));
        }
        return new Run(perSecond, stack.deferrals() - deferralsBefore, cpuMicros);
    }
}
