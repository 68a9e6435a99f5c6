package io.stockhook.delivery.admission;

import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EndpointRegistration.RateLimit;
import org.jspecify.annotations.Nullable;

/** Which part of the limits that it is under one owner of an endpoint has. Pure. */
final class RateShares {

    private RateShares() {}

    /**
     * The stricter of the endpoint's own limit and its share of its subscriber's, each divided by the number of the endpoint's owners.
     * The shares of all endpoints of a subscriber are the same and add up to its limit, so that no two owners have to talk about it.
     *
     * @param sharers how many active endpoints the subscriber has
     * @return null for as many as come
     */
    static @Nullable RateLimit of(EndpointRegistration registration, int sharers) {
        int owners = registration.parallelism();
        RateLimit own = share(registration.rateLimit(), owners);
        RateLimit subscribers = share(registration.subscriberRateLimit(), (long) owners * sharers);
        if (own == null || subscribers == null) {
            return own == null ? subscribers : own;
        }
        RateLimit slower = perMillisecond(own) <= perMillisecond(subscribers) ? own : subscribers;
        return new RateLimit(slower.limit(), slower.periodMs(), Math.min(own.burst(), subscribers.burst()));
    }

    /** As many requests in as many times the period. */
    private static @Nullable RateLimit share(@Nullable RateLimit limit, long parts) {
        return limit == null || parts == 1
                ? limit
                : new RateLimit(limit.limit(), limit.periodMs() * parts, (int) Math.max(1, limit.burst() / parts));
    }

    private static double perMillisecond(RateLimit limit) {
        return (double) limit.limit() / limit.periodMs();
    }
}
