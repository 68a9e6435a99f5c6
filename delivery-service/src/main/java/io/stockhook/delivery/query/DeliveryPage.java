package io.stockhook.delivery.query;

import io.stockhook.web.paging.Page;
import io.stockhook.web.paging.Paged;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One page of deliveries; the first one says how many there are.
 *
 * @param next the cursor of the following page; null on the last
 * @param total how many there are on all pages; null where that is not cheap to know, and on every page but the first
 * @param summary null on every page but the first
 */
public record DeliveryPage<T>(
        @Schema(description = "What the page shows.") List<T> items,

        @Schema(description = "The cursor of the following page; null on the last.") @Nullable
        String next,

        @Schema(
                description =
                        "How many there are on all pages, exact up to 10,000. Only on the first page, and null where it is not"
                                + " cheap to know.",
                example = "150")
        @Nullable
        Long total,

        @Schema(description = "How they stand; only on the first page.") @Nullable
        DeliverySummary summary)
        implements Paged {

    static <T> DeliveryPage<T> of(Page<T> page, DeliveryCounts.@Nullable Counted counted) {
        return new DeliveryPage<>(
                page.items(),
                page.next(),
                counted == null ? null : counted.total(),
                counted == null ? null : DeliverySummary.of(counted.totals()));
    }
}
