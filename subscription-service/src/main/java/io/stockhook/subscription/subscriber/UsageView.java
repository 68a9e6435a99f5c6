package io.stockhook.subscription.subscriber;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a subscriber uses.
 *
 * @param month the month of UTC that it is about, {@code 2026-01}
 * @param deliveries null if delivery-service did not say
 * @param byDay empty if it did not say
 * @param lastActiveOn the last day of the month with a delivery; null if there is none, or it is not known
 * @param isComplete whether all of its webhooks have been counted
 * @param missing what has not, for a person; null if nothing
 */
@Schema(name = "SubscriberUsage", description = "What a subscriber uses, against what was agreed.")
public record UsageView(
        @Schema(description = "The subscriber.", examples = "sub_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f")
        String subscriberId,

        @Schema(description = "The month, in UTC.", examples = "2026-01")
        String month,

        @Schema(description = "Its webhooks.") Webhooks webhooks,

        @Schema(description = "The month's deliveries; null if delivery-service did not say.") @Nullable
        Deliveries deliveries,

        @Schema(description = "What was agreed, and what of it is used up.")
        Quotas quotas,

        @Schema(description = "The days of the month, the first one first; empty if delivery-service did not say.")
        List<Day> byDay,

        @Schema(
                description = "The last day of the month with a delivery; null if there is none.",
                examples = "2026-01-15")
        @Nullable
        String lastActiveOn,

        @Schema(description = "Whether all its webhooks have been counted.", examples = "true")
        boolean isComplete,

        @Schema(description = "What has not been counted, and why.", examples = "delivery-service does not answer.")
        @Nullable
        String missing) {

    /**
     * How many webhooks it has.
     *
     * @param limit null for no limit of its own
     */
    @Schema(name = "WebhooksUsed", description = "How many webhooks a subscriber has.")
    public record Webhooks(
            @Schema(description = "How many there are.", examples = "3")
            long total,

            @Schema(description = "How many of them are active themselves.", examples = "2")
            long active,

            @Schema(description = "How many it may have; null for no limit of its own.", examples = "10") @Nullable
            Integer limit) {}

    /**
     * What came of a month's deliveries.
     *
     * @param successRate of those that have ended, in percent; null if none has
     */
    @Schema(name = "DeliveriesUsed", description = "A month's deliveries, by the time of their events.")
    public record Deliveries(
            @Schema(description = "Deliveries, in whatever state.", examples = "150")
            long total,

            @Schema(description = "Those that arrived.", examples = "142")
            long successful,

            @Schema(description = "Those that were given up.", examples = "8")
            long failed,

            @Schema(description = "Arrived, of those that have ended, in percent.", examples = "94.7") @Nullable
            Double successRate) {}

    /** Both quotas. */
    @Schema(name = "QuotasUsed", description = "What was agreed, and what of it is used up.")
    public record Quotas(
            @Schema(description = "Of a day: today, or the busiest day of a month that is over.")
            Quota daily,

            @Schema(description = "Of the month.") Quota monthly) {}

    /**
     * A quota.
     *
     * @param limit null for none
     * @param used null if it is not known
     * @param exceeded whether more is used; false if it is not known
     */
    @Schema(
            name = "Quota",
            description = "A number of deliveries that was agreed. It is reported and holds nothing back.")
    public record Quota(
            @Schema(description = "What was agreed; null for nothing.", examples = "10000") @Nullable
            Long limit,

            @Schema(description = "What is used; null if it is not known.", examples = "150") @Nullable
            Long used,

            @Schema(description = "Whether more is used than agreed.", examples = "false")
            boolean exceeded) {

        static Quota of(@Nullable Long limit, @Nullable Long used) {
            return new Quota(limit, used, limit != null && used != null && used > limit);
        }
    }

    /** The deliveries of a day. */
    @Schema(name = "DayUsed", description = "The deliveries of a day, by the time of their events.")
    public record Day(
            @Schema(description = "The day, in UTC.", examples = "2026-01-15")
            String date,

            @Schema(description = "Deliveries, in whatever state.", examples = "10")
            long total,

            @Schema(description = "Those that arrived.", examples = "9")
            long successful,

            @Schema(description = "Those that were given up.", examples = "1")
            long failed) {}
}
