package io.stockhook.delivery.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.delivery.query.StatisticsSegment.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class StatisticsSegmentProperties {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Property
    void segmentsTileThePeriod(
            @ForAll @IntRange(max = 9_000) int from,
            @ForAll @IntRange(min = 1, max = 9_000) int hours,
            @ForAll GroupBy groupBy,
            @ForAll @IntRange(max = 400) int day) {
        Instant daysUntil = START.plus(day, ChronoUnit.DAYS);
        StatisticsPeriod period = period(from, hours, groupBy);

        List<StatisticsSegment> segments = StatisticsSegment.of(period, daysUntil, GroupBy.MONTH.floor(daysUntil));

        Instant next = period.from();
        for (StatisticsSegment segment : segments) {
            assertThat(segment.from()).isEqualTo(next).isBefore(segment.until());
            next = segment.until();
        }
        assertThat(next).isEqualTo(period.until());
    }

    @Property
    void whatIsReadByTheDayOrMonthIsWholeAndSummedUpAndInOneBucket(
            @ForAll @IntRange(max = 9_000) int from,
            @ForAll @IntRange(min = 1, max = 9_000) int hours,
            @ForAll GroupBy groupBy,
            @ForAll @IntRange(max = 400) int day) {
        Instant daysUntil = START.plus(day, ChronoUnit.DAYS);
        Instant monthsUntil = GroupBy.MONTH.floor(daysUntil);

        List<StatisticsSegment> segments = StatisticsSegment.of(period(from, hours, groupBy), daysUntil, monthsUntil);

        for (StatisticsSegment segment : segments) {
            GroupBy unit = GroupBy.valueOf(segment.table().name());
            assertThat(unit.floor(segment.from())).isEqualTo(segment.from());
            assertThat(unit.floor(segment.until())).isEqualTo(segment.until());
            if (segment.table() == Table.DAY) {
                assertThat(segment.until()).isBeforeOrEqualTo(daysUntil);
                assertThat(groupBy).isNotEqualTo(GroupBy.HOUR);
            } else if (segment.table() == Table.MONTH) {
                assertThat(segment.until()).isBeforeOrEqualTo(monthsUntil);
                assertThat(groupBy).isEqualTo(GroupBy.MONTH);
            }
        }
    }

    @Example
    void aYearByTheMonthIsReadFromMonthsDaysAndHours() {
        StatisticsPeriod year = new StatisticsPeriod(
                Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-12-15T11:00:00Z"), GroupBy.MONTH);

        List<StatisticsSegment> segments = StatisticsSegment.of(
                year, Instant.parse("2026-12-15T00:00:00Z"), Instant.parse("2026-12-01T00:00:00Z"));

        assertThat(segments).extracting(StatisticsSegment::table).containsExactly(Table.MONTH, Table.DAY, Table.HOUR);
    }

    @Property
    void bucketsCoverThePeriod(
            @ForAll @IntRange(max = 9_000) int from,
            @ForAll @IntRange(min = 1, max = 9_000) int hours,
            @ForAll GroupBy groupBy) {
        StatisticsPeriod period = period(from, hours, groupBy);

        List<Instant> buckets = period.buckets();

        assertThat(buckets.get(0)).isBeforeOrEqualTo(period.from());
        assertThat(groupBy.plus(buckets.get(buckets.size() - 1), 1)).isAfterOrEqualTo(period.until());
        assertThat(buckets).isSorted().allSatisfy(start -> assertThat(groupBy.floor(start))
                .isEqualTo(start));
    }

    private static StatisticsPeriod period(int from, int hours, GroupBy groupBy) {
        Instant start = START.plus(from, ChronoUnit.HOURS);
        return new StatisticsPeriod(start, start.plus(hours, ChronoUnit.HOURS), groupBy);
    }
}
