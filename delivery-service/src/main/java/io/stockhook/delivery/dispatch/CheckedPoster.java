package io.stockhook.delivery.dispatch;

import io.stockhook.delivery.retry.Outcome;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The only way out: checks the address of a request, then posts to that address, both within one time. Confined to its event loop. */
final class CheckedPoster {

    private final AddressCheck addresses;
    private final HttpPoster poster;
    private final Context context;

    CheckedPoster(AddressCheck addresses, HttpPoster poster, Context context) {
        this.addresses = addresses;
        this.poster = poster;
        this.context = context;
    }

    /**
     * Posts the request and calls back once, on this event loop, within the time.
     *
     * @param identity the certificate to present; null for none
     * @param keptBytes how many bytes of the response's body the outcome is to hold
     */
    void post(
            OutgoingRequest request,
            HttpPoster.@Nullable Identity identity,
            Duration timeout,
            int keptBytes,
            Handler<Outcome> done) {
        long startedNanos = System.nanoTime();
        addresses.check(request.url(), context, timeout, checked -> {
            if (checked.address() == null) {
                done.handle(checked.refusal());
            } else {
                Duration left = timeout.minusNanos(System.nanoTime() - startedNanos);
                poster.post(request, checked.address(), identity, left, keptBytes, done);
            }
        });
    }
}
