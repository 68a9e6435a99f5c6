package io.stockhook.subscription.subscriber;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What delivery-service says of deliveries, as far as it is of use here; what else it says is not looked at.
 *
 * @param timeSeries by day, the earliest first
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Figures(List<Day> timeSeries) {

    static final Figures NONE = new Figures(List.of());

    /** A day's deliveries, by the time of their events. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Day(String date, long totalEvents, long successful, long failed) {

        Day plus(Day other) {
            return new Day(date, totalEvents + other.totalEvents, successful + other.successful, failed + other.failed);
        }
    }

    /** Both together, day by day. */
    Figures plus(Figures other) {
        TreeMap<String, Day> days = new TreeMap<>();
        timeSeries.forEach(day -> days.merge(day.date(), day, Day::plus));
        other.timeSeries().forEach(day -> days.merge(day.date(), day, Day::plus));
        return new Figures(new ArrayList<>(days.values()));
    }
}
