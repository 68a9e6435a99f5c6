package io.stockhook.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * P1 and P2: events already in Kafka, delivered until the last attempt is in PostgreSQL.
 *
 * <p>The service is held still while the events are written, so that it is warm and has all of them before it when the clock starts.
 */
final class Throughput {

    private static final int ENDPOINTS = 10;
    private static final int MAX_EVENTS_AT_ONCE = 100_000;
    private static final long GIVE_UP_NANOS = 300_000_000_000L;

    private final DeliveryStack stack;
    private final Sink sink;
    private final Load load;
    private int webhooks;

    Throughput(DeliveryStack stack, Sink sink, Load load) {
        this.stack = stack;
        this.sink = sink;
        this.load = load;
    }

    /** Deliveries a second of each run, the warm-up left out. */
    List<Double> fanOut(int events, int runs) throws IOException, InterruptedException, SQLException {
        List<String> types = List.of("benchmark.fanout");
        for (int i = 0; i < ENDPOINTS; i++) {
            webhook("/fanout/" + i, types.get(0));
        }
        return measure(events, types, ENDPOINTS, runs);
    }

    /** The same with one endpoint for each event. */
    List<Double> oneToOne(int events, int runs) throws IOException, InterruptedException, SQLException {
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

    private List<Double> measure(int events, List<String> types, int fanOut, int runs)
            throws IOException, InterruptedException, SQLException {
        if (events > MAX_EVENTS_AT_ONCE) {
            throw new IllegalArgumentException("more than " + MAX_EVENTS_AT_ONCE + " events take longer to write than"
                    + " the service may be held still");
        }
        stack.awaitEndpoints(webhooks);
        List<Double> rates = new ArrayList<>();
        for (int run = 0; run <= runs; run++) {
            double rate = once(events, types, (long) events * fanOut);
            System.out.printf(Locale.ROOT, "... %s: %,.0f deliveries/s%n", run == 0 ? "warm-up" : "run " + run, rate);
            if (run > 0) {
                rates.add(rate);
            }
        }
        return rates;
    }

    private double once(int events, List<String> types, long deliveries)
            throws IOException, InterruptedException, SQLException {
        long recordedBefore = stack.recorded();
        long receivedBefore = sink.received();
        stack.suspend();
        try {
            load.events(events, types);
        } finally {
            stack.resume();
        }
        long start = System.nanoTime();
        while (stack.recorded() - recordedBefore < deliveries) {
            if (System.nanoTime() - start > GIVE_UP_NANOS) {
                throw new IllegalStateException("only %d of %d deliveries are recorded after 5 minutes, %d received"
                        .formatted(stack.recorded() - recordedBefore, deliveries, sink.received() - receivedBefore));
            }
            Thread.sleep(50);
        }
        double rate = deliveries * 1e9 / (System.nanoTime() - start);
        long counted = stack.counted();
        if (counted < deliveries) {
            throw new IllegalStateException(
                    "the service says %d attempts, the database has %d".formatted(deliveries, counted));
        }
        return rate;
    }
}
