package io.stockhook.events.delivery;

import io.stockhook.events.MalformedRecordException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that the endpoint took with 202 and is to confirm. It travels on the task that looks whether it has.
 *
 * @param since when the attempt began
 * @param by when it has failed unless it is confirmed
 * @param endpointVersion of the registration that it was made with
 */
public record AwaitedConfirmation(Instant since, Instant by, long endpointVersion) {

    static void write(@Nullable AwaitedConfirmation awaited, WireWriter out) {
        out.time(awaited == null ? null : awaited.since)
                .time(awaited == null ? null : awaited.by)
                .number(awaited == null ? 0 : awaited.endpointVersion);
    }

    static @Nullable AwaitedConfirmation read(WireReader in) {
        Instant since = in.time();
        Instant by = in.time();
        long endpointVersion = in.number();
        if ((since == null) != (by == null)) {
            throw new MalformedRecordException("a task with half a confirmation");
        }
        return since == null || by == null ? null : new AwaitedConfirmation(since, by, endpointVersion);
    }
}
