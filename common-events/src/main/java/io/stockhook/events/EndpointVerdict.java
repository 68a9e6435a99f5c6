package io.stockhook.events;

import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of an endpoint finds of it after its attempts, on {@link Topics#ENDPOINT_VERDICTS}: that nothing is to be sent to it any
 * more. It holds of the judged state of the registration alone; of a later one it says nothing.
 *
 * @param endpointId the webhook's id and the record's key
 * @param tenantId whose it is
 * @param epoch of the registration that was judged
 * @param version of the registration that was judged
 * @param reason {@link #GONE}, {@link #CONSECUTIVE_FAILURES} or {@link #HEAD_EXHAUSTED}
 * @param failures how many attempts failed without a success between them, at least 1
 * @param since when the first of them ended
 * @param lastError the error class of the last of them, {@code http_500} or {@code timeout} for example
 * @param at when it was found
 */
public record EndpointVerdict(
        String endpointId,
        String tenantId,
        int epoch,
        long version,
        String reason,
        int failures,
        Instant since,
        String lastError,
        Instant at) {

    /** The endpoint answered 410, which means that it wants no more. */
    public static final String GONE = "gone";
    /** So many attempts failed in a row, and for so long. */
    public static final String CONSECUTIVE_FAILURES = "consecutive_failures";

    /** A delivery has used up its retries that those after it must not overtake, see {@link EndpointRegistration.Ordered#suspends}. */
    public static final String HEAD_EXHAUSTED = "head_exhausted";

    /** Whether this is the state of the registration that was judged. */
    public boolean isOf(EndpointRegistration registration) {
        return epoch == registration.epoch() && version == registration.version();
    }

    /**
     * The verdict that a record's value holds.
     *
     * @throws MalformedRecordException if it holds none
     */
    public static EndpointVerdict read(byte @Nullable [] value) {
        EndpointVerdict verdict;
        try {
            verdict = Json.read(value == null ? new byte[0] : value, EndpointVerdict.class);
        } catch (IOException e) {
            throw new MalformedRecordException("a verdict that cannot be read", e);
        }
        verdict.requireComplete();
        return verdict;
    }

    @SuppressWarnings("ConstantConditions") // JSON may leave out what the record's type says is there
    private void requireComplete() {
        if (endpointId == null
                || !Ids.isA(Ids.Kind.WEBHOOK, endpointId)
                || tenantId == null
                || !Ids.isA(Ids.Kind.TENANT, tenantId)
                || reason == null
                || since == null
                || lastError == null
                || at == null
                || failures < 1) {
            throw new MalformedRecordException("a verdict that is not complete");
        }
    }
}
