package io.stockhook.subscription.subscriber;

import io.stockhook.subscription.subscriber.SubscriberService.Usage;
import io.stockhook.web.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What a subscriber uses: its webhooks from here, its deliveries from delivery-service, within a bounded time. While that is away the rest
 * is answered, and it is said what is missing.
 */
@ApplicationScoped
class SubscriberUsage {

    /** What one request of delivery-service takes. */
    private static final int WEBHOOKS_AT_ONCE = 50;
    /** So that one answer costs delivery-service no more than ten requests. */
    private static final int MOST_WEBHOOKS = 500;

    private static final Logger LOG = Logger.getLogger(SubscriberUsage.class);
    private static final double PER_MILLE = 1_000;
    private static final double TENTHS = 10;

    private final SubscriberService subscribers;
    private final DeliveryFigures deliveries;
    private final SubscriberConfig config;
    private final Clock clock = Clock.systemUTC();

    SubscriberUsage(SubscriberService subscribers, @RestClient DeliveryFigures deliveries, SubscriberConfig config) {
        this.subscribers = subscribers;
        this.deliveries = deliveries;
        this.config = config;
    }

    /**
     * The usage of a month.
     *
     * @param month {@code 2026-01}; null for the one that it is now
     * @param authorization the caller's own, which delivery-service judges
     * @param callerAddress where the caller's request came from
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 404 for another's subscriber, 400 naming {@code month}
     */
    UsageView of(String tenantId, String id, @Nullable String month, String authorization, String callerAddress) {
        LocalDate today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
        YearMonth asked = month == null ? YearMonth.from(today) : parsed(month);
        Usage usage = subscribers.usage(tenantId, id, MOST_WEBHOOKS);
        Figures figures = figures(usage.webhookIds(), asked, authorization, callerAddress);
        return view(usage, asked, today, figures);
    }

    private static YearMonth parsed(String month) {
        try {
            return YearMonth.parse(month);
        } catch (DateTimeException e) {
            throw Problems.badField("month", "Must be a month such as 2026-01.");
        }
    }

    /** Null if delivery-service does not say, or not in time: a part of the webhooks would look like all of them. */
    private @Nullable Figures figures(
            List<String> webhookIds, YearMonth month, String authorization, String callerAddress) {
        long deadline = System.nanoTime() + config.usageWithin().toNanos();
        Figures sum = Figures.NONE;
        for (int from = 0; from < webhookIds.size(); from += WEBHOOKS_AT_ONCE) {
            if (System.nanoTime() > deadline) {
                return null;
            }
            List<String> part = webhookIds.subList(from, Math.min(webhookIds.size(), from + WEBHOOKS_AT_ONCE));
            try {
                sum = sum.plus(deliveries.byDay(
                        authorization,
                        callerAddress,
                        part,
                        month.atDay(1).toString(),
                        month.atEndOfMonth().toString(),
                        "day"));
            } catch (WebApplicationException | ProcessingException e) {
                LOG.warnf("delivery-service does not say what was delivered: %s", e.getMessage());
                return null;
            }
        }
        return sum;
    }

    private static UsageView view(Usage usage, YearMonth month, LocalDate today, @Nullable Figures figures) {
        SubscriberView subscriber = usage.subscriber();
        SubscriberLimits limits = subscriber.limits();
        List<Figures.Day> days = figures == null ? List.of() : figures.timeSeries();
        UsageView.Deliveries deliveries = figures == null ? null : deliveries(days);
        return new UsageView(
                subscriber.id(),
                month.toString(),
                new UsageView.Webhooks(subscriber.webhooksCount(), usage.activeWebhooks(), limits.maxWebhooks()),
                deliveries,
                new UsageView.Quotas(
                        UsageView.Quota.of(
                                limits.dailyDeliveries(), figures == null ? null : ofADay(days, month, today)),
                        UsageView.Quota.of(limits.monthlyDeliveries(), deliveries == null ? null : deliveries.total())),
                days.stream()
                        .map(day -> new UsageView.Day(day.date(), day.totalEvents(), day.successful(), day.failed()))
                        .toList(),
                days.stream()
                        .filter(day -> day.totalEvents() > 0)
                        .map(Figures.Day::date)
                        .reduce((earlier, later) -> later)
                        .orElse(null),
                figures != null
                        && subscriber.webhooksCount() <= usage.webhookIds().size(),
                missing(usage, figures));
    }

    private static @Nullable String missing(Usage usage, @Nullable Figures figures) {
        if (figures == null) {
            return "delivery-service does not answer; its deliveries are not known.";
        }
        return usage.subscriber().webhooksCount() <= usage.webhookIds().size()
                ? null
                : "Only the deliveries of its oldest %d webhooks are counted.".formatted(MOST_WEBHOOKS);
    }

    private static UsageView.Deliveries deliveries(List<Figures.Day> days) {
        long successful = days.stream().mapToLong(Figures.Day::successful).sum();
        long failed = days.stream().mapToLong(Figures.Day::failed).sum();
        long ended = successful + failed;
        return new UsageView.Deliveries(
                days.stream().mapToLong(Figures.Day::totalEvents).sum(),
                successful,
                failed,
                ended == 0 ? null : Math.round(PER_MILLE * successful / ended) / TENTHS);
    }

    private static long ofADay(List<Figures.Day> days, YearMonth month, LocalDate today) {
        return days.stream()
                .filter(day ->
                        !month.equals(YearMonth.from(today)) || day.date().equals(today.toString()))
                .mapToLong(Figures.Day::totalEvents)
                .max()
                .orElse(0);
    }
}
