package io.stockhook.delivery.query;

import io.stockhook.web.problem.Problems;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The states that a list shows: one by its name, or those that count as a success or a failure.
 *
 * @param states at least one
 */
record StatusFilter(List<DeliveryStatus> states) {

    /** What counts as a failure: what is tried again and what was given up. */
    static final StatusFilter FAILED = new StatusFilter(List.of(DeliveryStatus.RETRYING, DeliveryStatus.DEAD));

    private static final String FAILED_NAME = "failed";
    private static final String SUCCESS_NAME = "success";

    /** @throws io.quarkiverse.resteasy.problem.HttpProblem 400 if there is no state of this name */
    static StatusFilter of(String name) {
        return switch (name) {
            case SUCCESS_NAME -> new StatusFilter(List.of(DeliveryStatus.DELIVERED));
            case FAILED_NAME -> FAILED;
            default -> new StatusFilter(List.of(named(name)));
        };
    }

    private static DeliveryStatus named(String name) {
        return Arrays.stream(DeliveryStatus.values())
                .filter(status -> status.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> Problems.badField(
                        "status",
                        Stream.concat(
                                        Arrays.stream(DeliveryStatus.values()).map(DeliveryStatus::wireName),
                                        Stream.of(SUCCESS_NAME, FAILED_NAME))
                                .collect(Collectors.joining(", ", "Must be one of ", "."))));
    }

    /** The condition on {@code delivery} in SQL. */
    String condition() {
        return states.size() == 1
                ? "status = '" + states.get(0).wireName() + "'"
                : states.stream()
                        .map(state -> "'" + state.wireName() + "'")
                        .collect(Collectors.joining(", ", "status in (", ")"));
    }

    /** How many of the deliveries that were counted are in one of the states; null if one of those is not counted by itself. */
    @Nullable
    Long countIn(StatisticsTotals totals) {
        long count = 0;
        for (DeliveryStatus state : states) {
            switch (state) {
                case DELIVERED -> count += totals.successful();
                case DEAD -> count += totals.failed();
                case RETRYING -> count += totals.pendingRetry();
                default -> {
                    return null;
                }
            }
        }
        return count;
    }
}
