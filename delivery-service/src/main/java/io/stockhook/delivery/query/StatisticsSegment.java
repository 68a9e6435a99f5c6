package io.stockhook.delivery.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a period that is read from one set of tables.
 *
 * @param table which rows: by the hour, the day or the month
 * @param from included
 * @param until not included
 */
record StatisticsSegment(Table table, Instant from, Instant until) {

    /** Rows of what length; the suffix is that of the tables' names. */
    enum Table {
        HOUR("hour"),
        DAY("day"),
        MONTH("month");

        private final String suffix;

        Table(String suffix) {
            this.suffix = suffix;
        }

        String suffix() {
            return suffix;
        }
    }

    /**
     * The period in as few rows as its series allows: whole months and days where they have been summed up, hours for the rest.
     * The segments follow one another without gap or overlap.
     *
     * @param daysUntil the beginning of the first day that is not summed up
     * @param monthsUntil the beginning of the first month that is not summed up
     */
    static List<StatisticsSegment> of(StatisticsPeriod period, Instant daysUntil, Instant monthsUntil) {
        return switch (period.groupBy()) {
            case HOUR -> hours(period.from(), period.until());
            case DAY, WEEK -> days(period.from(), period.until(), daysUntil);
            case MONTH -> {
                Instant from = ceiling(GroupBy.MONTH, period.from());
                Instant until = GroupBy.MONTH.floor(earlier(period.until(), monthsUntil));
                if (!from.isBefore(until)) {
                    yield days(period.from(), period.until(), daysUntil);
                }
                List<StatisticsSegment> segments = new ArrayList<>(days(period.from(), from, daysUntil));
                segments.add(new StatisticsSegment(Table.MONTH, from, until));
                segments.addAll(days(until, period.until(), daysUntil));
                yield segments;
            }
        };
    }

    private static List<StatisticsSegment> days(Instant from, Instant until, Instant daysUntil) {
        Instant firstDay = ceiling(GroupBy.DAY, from);
        Instant lastDay = GroupBy.DAY.floor(earlier(until, daysUntil));
        if (!firstDay.isBefore(lastDay)) {
            return hours(from, until);
        }
        List<StatisticsSegment> segments = new ArrayList<>(hours(from, firstDay));
        segments.add(new StatisticsSegment(Table.DAY, firstDay, lastDay));
        segments.addAll(hours(lastDay, until));
        return segments;
    }

    private static List<StatisticsSegment> hours(Instant from, Instant until) {
        return from.isBefore(until) ? List.of(new StatisticsSegment(Table.HOUR, from, until)) : List.of();
    }

    private static Instant ceiling(GroupBy unit, Instant instant) {
        Instant floor = unit.floor(instant);
        return floor.equals(instant) ? floor : unit.plus(floor, 1);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
