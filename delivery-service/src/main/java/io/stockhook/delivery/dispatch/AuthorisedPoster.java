package io.stockhook.delivery.dispatch;

import io.stockhook.delivery.retry.Outcome;
import io.stockhook.events.auth.EndpointAuth;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;

/**
 * Posts a delivery with what its endpoint authenticates with. Headers that never differ are in the request already; a certificate or a
 * token is added here. Confined to its event loop.
 */
final class AuthorisedPoster {

    private static final int UNAUTHORIZED = 401;

    private final CheckedPoster poster;
    private final AccessTokens tokens;
    private final int keptBytes;

    /** @param keptBytes how many bytes of a response's body are recorded outside debug mode */
    AuthorisedPoster(CheckedPoster poster, AccessTokens tokens, int keptBytes) {
        this.poster = poster;
        this.tokens = tokens;
        this.keptBytes = keptBytes;
    }

    /** Posts the request and calls back once, within the time. */
    void post(OutgoingRequest request, PreparedEndpoints.Prepared endpoint, Duration timeout, Handler<Outcome> done) {
        EndpointAuth auth = endpoint.auth();
        String endpointId = endpoint.of().endpointId();
        if (auth instanceof EndpointAuth.OAuth2 oauth) {
            new WithToken(request, endpointId, oauth, timeout, done).begin();
        } else if (auth instanceof EndpointAuth.MutualTls certificate) {
            poster.post(request, new HttpPoster.Identity(endpointId, certificate), timeout, kept(request), done);
        } else {
            poster.post(request, null, timeout, kept(request), done);
        }
    }

    private int kept(OutgoingRequest request) {
        return request.isDebug() ? RecordedRequest.DEBUG_BODY_BYTES : keptBytes;
    }

    private final class WithToken {
        private final OutgoingRequest request;
        private final String endpointId;
        private final EndpointAuth.OAuth2 auth;
        private final Duration timeout;
        private final Handler<Outcome> done;
        private final long startedNanos = System.nanoTime();
        private boolean isRepeated;

        WithToken(
                OutgoingRequest request,
                String endpointId,
                EndpointAuth.OAuth2 auth,
                Duration timeout,
                Handler<Outcome> done) {
            this.request = request;
            this.endpointId = endpointId;
            this.auth = auth;
            this.timeout = timeout;
            this.done = done;
        }

        void begin() {
            tokens.token(endpointId, auth, left(), found -> {
                String token = found.token();
                if (token == null) {
                    done.handle(found.failure());
                } else {
                    post(token, outcome -> {
                        if (isUnauthorized(outcome)) {
                            tokens.discard(endpointId, token);
                            if (!found.isFresh() && !isRepeated) {
                                // It may have been revoked since it was issued, and only a new one can show.
                                isRepeated = true;
                                begin();
                                return;
                            }
                        }
                        done.handle(outcome);
                    });
                }
            });
        }

        private void post(String token, Handler<Outcome> then) {
            request.headers().set(HttpHeaders.AUTHORIZATION, AuthHeaders.bearer(token));
            poster.post(request, null, left(), kept(request), then);
        }

        private Duration left() {
            return timeout.minusNanos(System.nanoTime() - startedNanos);
        }
    }

    private static boolean isUnauthorized(Outcome outcome) {
        return outcome instanceof Outcome.Responded response && response.status() == UNAUTHORIZED;
    }
}
