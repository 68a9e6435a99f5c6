package io.stockhook.delivery.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.stockhook.delivery.retry.ErrorClass;
import io.stockhook.delivery.retry.Outcome;
import io.stockhook.delivery.retry.Retries;
import io.stockhook.events.address.AddressPolicy;
import io.stockhook.events.address.EndpointUrl;
import io.stockhook.events.auth.EndpointAuth.OAuth2;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the tokens of endpoints with OAuth2 client credentials (RFC 6749, section 4.4) and keeps each until shortly before it expires.
 * An endpoint has one fetch under way at most; who comes meanwhile waits for it. Confined to its event loop.
 */
final class AccessTokens {

    private static final int MAX_ENDPOINTS = 10_000;
    private static final Duration KEPT_FOR = Duration.ofHours(1);
    private static final int MAX_RESPONSE_BYTES = 32 * 1024;

    private final Vertx vertx;
    private final CheckedPoster poster;
    private final AddressPolicy policy;
    private final CharSequence userAgent;
    private final Duration fetchTimeout;
    private final Clock clock;
    private final Cache<String, Holder> holders = Caffeine.newBuilder()
            .maximumSize(MAX_ENDPOINTS)
            .expireAfterAccess(KEPT_FOR)
            .build();

    AccessTokens(
            Vertx vertx,
            CheckedPoster poster,
            AddressPolicy policy,
            String version,
            Duration fetchTimeout,
            Clock clock) {
        this.vertx = vertx;
        this.poster = poster;
        this.policy = policy;
        this.userAgent = HttpHeaders.createOptimized("Stockhook/" + version);
        this.fetchTimeout = fetchTimeout;
        this.clock = clock;
    }

    /**
     * A token, or why there is none.
     *
     * @param token null if there is none
     * @param isFresh whether it was fetched for whoever asked, rather than kept from before
     * @param failure null if there is a token
     */
    record Result(@Nullable String token, boolean isFresh, Outcome.@Nullable Failed failure) {

        private static Result failed(String message) {
            return new Result(null, true, new Outcome.Failed(ErrorClass.AUTH_ERROR, message));
        }
    }

    /** Finds a token for the endpoint and calls back once, within the time; at once if one is kept. */
    void token(String endpointId, OAuth2 auth, Duration atMost, Handler<Result> done) {
        Holder holder = holders.getIfPresent(endpointId);
        if (holder == null || !holder.auth.equals(auth)) {
            holder = new Holder(auth);
            holders.put(endpointId, holder);
        }
        AccessToken kept = holder.token;
        if (kept != null && clock.instant().isBefore(kept.usableUntil())) {
            done.handle(new Result(kept.value(), false, null));
        } else {
            holder.await(atMost, done);
        }
    }

    /** Does not use this token of the endpoint any more: it was refused. */
    void discard(String endpointId, String token) {
        Holder holder = holders.getIfPresent(endpointId);
        if (holder != null && holder.token != null && holder.token.value().equals(token)) {
            holder.token = null;
        }
    }

    /** What is known of one endpoint's token. */
    private final class Holder {
        private final OAuth2 auth;
        private @Nullable AccessToken token;
        private final List<Wait> waiting = new ArrayList<>();

        Holder(OAuth2 auth) {
            this.auth = auth;
        }

        /** As many wait as the endpoint may have attempts under way. */
        void await(Duration atMost, Handler<Result> done) {
            waiting.add(new Wait(atMost, done));
            if (waiting.size() == 1) {
                fetch();
            }
        }

        private void fetch() {
            EndpointUrl url;
            try {
                url = EndpointUrl.parse(auth.tokenUrl(), policy);
            } catch (EndpointUrl.RefusedUrlException e) {
                settle(Result.failed("the token_url is refused: " + e.reason()));
                return;
            }
            poster.post(tokenRequest(url), null, fetchTimeout, MAX_RESPONSE_BYTES, outcome -> settle(read(outcome)));
        }

        private Result read(Outcome outcome) {
            if (!(outcome instanceof Outcome.Responded response)) {
                String why = outcome instanceof Outcome.Failed failed
                        ? failed.errorClass().code() + ", " + failed.message()
                        : "no answer";
                return Result.failed("the token endpoint cannot be reached: " + why);
            }
            if (!Retries.isSuccess(response.status())) {
                String code = AccessToken.errorCode(response.body());
                return Result.failed(
                        "the token endpoint answered " + response.status() + (code == null ? "" : " (" + code + ")"));
            }
            try {
                token = AccessToken.parse(response.body(), clock.instant());
                return new Result(token.value(), true, null);
            } catch (AccessToken.NoTokenException e) {
                return Result.failed(String.valueOf(e.getMessage()));
            }
        }

        private void settle(Result result) {
            List<Wait> answered = List.copyOf(waiting);
            waiting.clear();
            answered.forEach(wait -> wait.end(result));
        }

        private OutgoingRequest tokenRequest(EndpointUrl url) {
            String form =
                    "grant_type=client_credentials" + (auth.scope() == null ? "" : "&scope=" + encoded(auth.scope()));
            MultiMap headers = HttpHeaders.headers()
                    .set(HttpHeaders.CONTENT_TYPE, "application/x-www-form-urlencoded")
                    .set(HttpHeaders.ACCEPT, "application/json")
                    .set(HttpHeaders.USER_AGENT, userAgent)
                    // Section 2.3.1: every server has to take the credentials this way.
                    .set(
                            HttpHeaders.AUTHORIZATION,
                            AuthHeaders.basic(encoded(auth.clientId()), encoded(auth.clientSecret())));
            return new OutgoingRequest("POST", url, headers, form.getBytes(StandardCharsets.UTF_8), false);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** One attempt's wait for a token. */
    private final class Wait {
        private final Handler<Result> done;
        private final long timer;
        private boolean isOver;

        Wait(Duration atMost, Handler<Result> done) {
            this.done = done;
            long ms = Math.max(1, atMost.toMillis());
            this.timer = vertx.setTimer(ms, unused -> end(Result.failed("no token was there within " + ms + " ms")));
        }

        void end(Result result) {
            if (!isOver) {
                isOver = true;
                vertx.cancelTimer(timer);
                done.handle(result);
            }
        }
    }
}
