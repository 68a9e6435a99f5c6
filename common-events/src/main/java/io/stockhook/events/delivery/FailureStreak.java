package io.stockhook.events.delivery;

import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.MalformedRecordException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Failed attempts at an endpoint without a success between them. It travels on the tasks of retries, so that whoever owns the endpoint
 * next goes on counting.
 *
 * @param failures how many, at least 1
 * @param since when the first of them ended
 * @param epoch of the registration that they were made with
 * @param version of the registration that they were made with
 */
public record FailureStreak(int failures, Instant since, int epoch, long version) {

    /** Whether the attempts were made with the endpoint in this state. */
    public boolean isOf(EndpointRegistration registration) {
        return epoch == registration.epoch() && version == registration.version();
    }

    static void write(@Nullable FailureStreak streak, WireWriter out) {
        out.number(streak == null ? 0 : streak.failures)
                .time(streak == null ? null : streak.since)
                .number(streak == null ? 0 : streak.epoch)
                .number(streak == null ? 0 : streak.version);
    }

    static @Nullable FailureStreak read(WireReader in) {
        int failures = in.integer();
        Instant since = in.time();
        int epoch = in.integer();
        long version = in.number();
        if (failures < 0) {
            throw new MalformedRecordException("a task with a failure count out of range");
        }
        return failures == 0 || since == null ? null : new FailureStreak(failures, since, epoch, version);
    }
}
