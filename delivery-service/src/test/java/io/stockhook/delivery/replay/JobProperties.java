package io.stockhook.delivery.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.delivery.Tasks;
import io.stockhook.delivery.query.DeliveryStatus;
import io.stockhook.events.Ids;
import io.stockhook.events.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

class JobProperties {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    @Property
    void noMoreThanTheRateIsBegunInAnySecond(
            @ForAll @Size(min = 1, max = 50) List<@IntRange(min = 0, max = 100) Integer> batches,
            @ForAll @IntRange(min = 1, max = 1_000) int rate) {
        // Given
        Instant at = NOW;
        long begun = 0;

        // When
        for (int batch : batches) {
            at = Job.nextBatchAt(at, batch, rate);
            begun += batch;
        }

        // Then
        double seconds = Duration.between(NOW, at).toNanos() / 1e9;
        assertThat(begun).isLessThanOrEqualTo((long) Math.ceil(seconds * rate + 1e-3));
    }

    @Property
    void batchThatFailsAgainWaitsLongerUpToAMinute(@ForAll @IntRange(min = 1, max = 1_000) int failures) {
        assertThat(Job.pauseAfter(failures)).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1));
        assertThat(Job.pauseAfter(failures + 1)).isGreaterThanOrEqualTo(Job.pauseAfter(failures));
    }

    @Property
    void repeatedBatchGivesTheSameNewIdsAndEachDeliveryItsOwn(
            @ForAll @NotEmpty String one, @ForAll @NotEmpty String other) {
        // Given
        Job job = job(true);

        // Then
        assertThat(job.messageId(one)).isEqualTo(job.messageId(one)).startsWith("evt_");
        assertThat(one.equals(other)).isEqualTo(Objects.equals(job.messageId(one), job.messageId(other)));
        assertThat(job(false).messageId(one)).isNull();
    }

    @Property
    void selectionIsReadAsItWasWritten(
            @ForAll @Size(max = 5) List<String> ids, @ForAll boolean hasIds, @ForAll DeliveryStatus status)
            throws IOException {
        // Given
        Selection selection = new Selection(
                hasIds ? ids : null, "wh_1", null, List.of(status), null, "2026-01-31", hasIds ? null : NOW);

        // Then
        assertThat(Json.read(Json.write(selection), Selection.class)).isEqualTo(selection);
    }

    @Property
    void whatWaitsIsRememberedForADayLongerThanItCanWait(
            @ForAll @IntRange(max = 60 * 86_400) int dueIn,
            @ForAll boolean isEnded,
            @ForAll @IntRange(min = 1, max = 30) int longestDays) {
        // Given
        @Nullable Instant due = isEnded ? null : NOW.plusSeconds(dueIn);
        Standing standing = new Standing(Tasks.first("evt_1"), true, isEnded, "retrying", due);

        // When
        Instant until = standing.mayComeUntil(NOW, Duration.ofDays(longestDays));

        // Then
        assertThat(until).isAfterOrEqualTo(NOW.plus(Standing.SLACK));
        if (due != null) {
            assertThat(until).isAfterOrEqualTo(due.plus(Standing.SLACK));
            assertThat(until)
                    .isAfterOrEqualTo(NOW.plus(Duration.ofDays(longestDays)).plus(Standing.SLACK));
        }
    }

    private static Job job(boolean hasNewId) {
        return new Job(
                new UUID(1, 2),
                "ten_1",
                Job.Action.RETRY,
                Job.State.RUNNING,
                new Selection(null, null, null, null, null, null, null),
                hasNewId,
                Ids.next(Ids.Kind.API_KEY),
                0,
                0,
                0,
                0,
                null,
                NOW,
                NOW,
                null,
                null);
    }
}
