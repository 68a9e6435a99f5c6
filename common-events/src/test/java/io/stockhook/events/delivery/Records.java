package io.stockhook.events.delivery;

import io.stockhook.events.Ids;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** Any task, attempt and dead letter there can be. */
final class Records {

    private static final long EARLIEST_MICROS =
            Instant.parse("0000-01-01T00:00:00Z").getEpochSecond() * 1_000_000;
    private static final long LATEST_MICROS =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond() * 1_000_000;

    private Records() {}

    static Arbitrary<DeliveryTask> tasks() {
        Arbitrary<byte[]> data = Arbitraries.bytes().array(byte[].class).ofMaxSize(100);
        Arbitrary<DeliveryTask.Cause> causes = Arbitraries.of(DeliveryTask.Cause.class);
        return Combinators.combine(
                        required().array(String[].class).ofSize(6),
                        optional().array(String[].class).ofSize(3),
                        times().array(Instant[].class).ofSize(2),
                        times().injectNull(0.3),
                        counts().array(Integer[].class).ofSize(3),
                        causes,
                        data,
                        streaks().injectNull(0.5))
                .as((text, optional, time, first, count, cause, bytes, streak) -> new DeliveryTask(
                        Ids.delivery(text[3], text[0], time[0]),
                        text[0],
                        text[1],
                        text[2],
                        text[3],
                        text[4],
                        text[5],
                        optional[0],
                        time[0],
                        optional[1],
                        Math.max(1, count[0]),
                        Math.max(1, count[1]),
                        count[2],
                        time[1],
                        cause,
                        first,
                        first,
                        count[0],
                        optional[2],
                        bytes,
                        streak,
                        streak == null ? null : new AwaitedConfirmation(streak.since(), time[1], count[0]),
                        null,
                        sequence(optional[0], count[1]),
                        count[1]));
    }

    private static @Nullable Sequence sequence(@Nullable String key, int attemptsBefore) {
        return key == null && attemptsBefore == 0 ? null : new Sequence(key, attemptsBefore);
    }

    /** What a batch may be made of: some events' data is in their elements, that of others is not. */
    static Arbitrary<List<EventBatch.Part>> parts() {
        Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(20);
        return Combinators.combine(tasks(), bytes, Arbitraries.of(true, false))
                .as(Records::part)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    private static EventBatch.Part part(DeliveryTask task, byte[] around, boolean isDataWithin) {
        if (!isDataWithin) {
            return new EventBatch.Part(task, around, -1);
        }
        ByteBuffer element = ByteBuffer.allocate(2 * around.length + task.data().length);
        element.put(around).put(task.data()).put(around);
        return new EventBatch.Part(task, element.array(), around.length);
    }

    static Arbitrary<DeliveryAttempt> attempts() {
        Arbitrary<DeliveryAttempt.Next> nexts = Arbitraries.of(DeliveryAttempt.Next.class);
        Arbitrary<Map<String, String>> headers =
                Arbitraries.maps(texts(), texts()).ofMaxSize(8);
        Arbitrary<Exchange> exchanges =
                Combinators.combine(headers, requests(headers).injectNull(0.3)).as(Exchange::new);
        return Combinators.combine(
                        required().array(String[].class).ofSize(6),
                        optional().array(String[].class).ofSize(4),
                        times().array(Instant[].class).ofSize(2),
                        times().injectNull(0.3),
                        counts().array(Integer[].class).ofSize(3),
                        Arbitraries.longs().array(Long[].class).ofSize(2),
                        exchanges,
                        nexts)
                .as((text, optional, time, retryAt, count, number, exchange, next) -> new DeliveryAttempt(
                        Ids.derived(Ids.Kind.ATTEMPT, time[1], text[0]),
                        Ids.delivery(text[0], text[1], time[0]),
                        count[0],
                        count[1],
                        text[0],
                        number[0],
                        text[1],
                        text[2],
                        text[3],
                        text[4],
                        time[0],
                        optional[0],
                        time[1],
                        number[1],
                        count[2],
                        optional[1],
                        optional[2],
                        exchange.responseHeaders(),
                        optional[3],
                        next,
                        text[5],
                        retryAt,
                        exchange.request()));
    }

    private record Exchange(Map<String, String> responseHeaders, DeliveryAttempt.@Nullable Request request) {}

    private static Arbitrary<DeliveryAttempt.Request> requests(Arbitrary<Map<String, String>> headers) {
        Arbitrary<Long> micros = Arbitraries.longs().greaterOrEqual(0);
        return Combinators.combine(required(), headers, counts(), optional(), micros, micros)
                .as(DeliveryAttempt.Request::new);
    }

    static Arbitrary<RunControl> controls() {
        return Combinators.combine(
                        required(),
                        times(),
                        times(),
                        Arbitraries.integers().greaterOrEqual(2),
                        Arbitraries.of(true, false))
                .as((text, since, until, run, isCancelled) ->
                        new RunControl(Ids.delivery(text, text, since), run, isCancelled, since, until));
    }

    static Arbitrary<DeadLetter> deadLetters() {
        return Combinators.combine(required(), optional(), times(), optional()).as(DeadLetter::new);
    }

    private static Arbitrary<FailureStreak> streaks() {
        return Combinators.combine(
                        Arbitraries.integers().greaterOrEqual(1), times(), Arbitraries.integers(), Arbitraries.longs())
                .as(FailureStreak::new);
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withCharRange('\0', '\uD7FF')
                .withChars('\uFFFD')
                .ofMaxLength(20);
    }

    private static Arbitrary<String> required() {
        return texts().filter(text -> !text.isEmpty());
    }

    private static Arbitrary<@Nullable String> optional() {
        return texts().injectNull(0.3);
    }

    private static Arbitrary<Integer> counts() {
        return Arbitraries.integers().greaterOrEqual(0);
    }

    /** To the microsecond, in the years that an event can be of. */
    private static Arbitrary<Instant> times() {
        return Arbitraries.longs()
                .between(EARLIEST_MICROS, LATEST_MICROS)
                .edgeCases(edges -> edges.add(0L, -1L, 999_999L, -1_000_000L))
                .map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }
}
