package io.stockhook.benchmark;

import io.stockhook.events.TopicProvisioner;
import io.stockhook.events.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * P6: how long delivery-service takes from its start until it holds every endpoint, what they weigh, and how long it takes to find those that
 * an event is for.
 */
final class Registry {

    static final int ENDPOINTS_PER_TENANT = 100;
    static final List<String> JVM_FLAGS = List.of("-Xmx2g", "-XX:+UseParallelGC");

    private static final int TYPES = 50;
    private static final int WARM_UP_EVENTS = 20_000;
    private static final int EVENTS = 20_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** The bounds of the service's metric, in seconds as Prometheus writes them, and in microseconds. */
    private static final String[] BOUNDS = {"5.0E-6", "1.0E-5", "2.0E-5", "5.0E-5", "1.0E-4", "0.001"};

    private static final int[] BOUNDS_MICROS = {5, 10, 20, 50, 100, 1_000};

    private final DeliveryStack stack;
    private final Sink sink;
    private final Load load;
    private final List<String> tenants = new ArrayList<>();

    Registry(DeliveryStack stack, Sink sink, Load load, int tenants) {
        this.stack = stack;
        this.sink = sink;
        this.load = load;
        for (int i = 0; i < tenants; i++) {
            this.tenants.add(Load.tenant());
        }
    }

    void measure(Report report) throws IOException, InterruptedException {
        TopicProvisioner.ensure(
                Map.of("bootstrap.servers", stack.bootstrapServers()), List.of(Topics.compacted(Topics.ENDPOINTS)));
        for (String tenant : tenants) {
            for (int i = 0; i < ENDPOINTS_PER_TENANT; i++) {
                load.webhook(
                        tenant,
                        "http://127.0.0.1:" + sink.port() + "/registry/" + i,
                        List.of(type(i), type(7 * i + 3)));
            }
        }
        load.flush();
        int endpoints = tenants.size() * ENDPOINTS_PER_TENANT;
        say("starting delivery-service");
        Duration untilReady = stack.start();
        stack.awaitEndpoints(endpoints);
        report.figure(
                "P6", "%,d endpoints: start to ready".formatted(endpoints), "s", untilReady.toMillis() / 1e3, "<= 60");
        report.figure("P6", "the same: heap held", "MiB", stack.heldHeap() / 1024.0 / 1024, "<= 2048");
        emit(WARM_UP_EVENTS);
        long[] before = counts();
        emit(EVENTS);
        long[] after = counts();
        report.figure("P6", "the same: events matched, p99 within", "us", bound(before, after, 0.99), "<= 20");
        for (int i = 0; i < BOUNDS.length; i++) {
            say(String.format(
                    Locale.ROOT,
                    "matched within %d us: %.2f %%",
                    BOUNDS_MICROS[i],
                    100.0 * (after[i] - before[i]) / (after[BOUNDS.length] - before[BOUNDS.length])));
        }
    }

    private void emit(int events) throws IOException, InterruptedException {
        long expected = stack.matched() + events;
        for (int i = 0; i < events; i++) {
            load.event(tenants.get(ThreadLocalRandom.current().nextInt(tenants.size())), type(i));
        }
        load.flush();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (stack.matched() < expected) {
            if (System.nanoTime() > deadline) {
                throw new IOException("only %d of %d events are matched".formatted(stack.matched(), expected));
            }
            Thread.sleep(200);
        }
    }

    private long[] counts() throws IOException, InterruptedException {
        long[] counts = new long[BOUNDS.length + 1];
        for (int i = 0; i < BOUNDS.length; i++) {
            counts[i] = stack.matchedWithin(BOUNDS[i]);
        }
        counts[BOUNDS.length] = stack.matched();
        return counts;
    }

    /** The smallest bound within which that share of the events were matched; infinite if none is. */
    private static double bound(long[] before, long[] after, double share) {
        long all = after[BOUNDS.length] - before[BOUNDS.length];
        for (int i = 0; i < BOUNDS.length; i++) {
            if (after[i] - before[i] >= share * all) {
                return BOUNDS_MICROS[i];
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    private static String type(int index) {
        return "benchmark.type" + index % TYPES;
    }

    private static void say(String what) {
        System.out.println("... P6, " + what);
    }
}
