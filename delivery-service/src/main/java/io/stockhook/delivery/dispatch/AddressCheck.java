package io.stockhook.delivery.dispatch;

import io.stockhook.delivery.retry.ErrorClass;
import io.stockhook.delivery.retry.Outcome;
import io.stockhook.events.address.AddressPolicy;
import io.stockhook.events.address.EndpointUrl;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Resolves an endpoint's host anew for each attempt and refuses it if any of the answers is an address that deliveries may not go to.
 * The attempt then connects to the very address that was checked. Attempts to one host that come together share a look-up, so that a
 * name server which hangs costs one thread for each name and no more. Thread-safe.
 */
final class AddressCheck {

    private final AddressPolicy policy;
    private final NameResolver names;
    private final Executor resolvers;
    private final Map<String, CompletableFuture<InetAddress[]>> lookups = new ConcurrentHashMap<>();

    /** @param resolvers threads on which a look-up may block; bounded, with a bounded queue */
    AddressCheck(AddressPolicy policy, NameResolver names, Executor resolvers) {
        this.policy = policy;
        this.names = names;
        this.resolvers = resolvers;
    }

    /**
     * What a check found.
     *
     * @param address the address to connect to; null if there is none
     * @param refusal why there is none; null if there is one
     */
    record Result(@Nullable InetAddress address, Outcome.@Nullable Failed refusal) {

        static Result refused(ErrorClass errorClass, String message) {
            return new Result(null, new Outcome.Failed(errorClass, message));
        }
    }

    /**
     * Checks the url and calls back on the context, once and within the time; at once if its host is an address, which its url was
     * accepted with.
     */
    void check(EndpointUrl url, Context context, Duration atMost, Handler<Result> done) {
        InetAddress literal = url.literal();
        if (literal != null) {
            done.handle(new Result(literal, null));
            return;
        }
        new Wait(url, context, atMost, done).begin();
    }

    /** One attempt's wait for an answer. Confined to its event loop. */
    private final class Wait {
        private final EndpointUrl url;
        private final Context context;
        private final Handler<Result> done;
        private final long timer;
        private boolean isOver;

        Wait(EndpointUrl url, Context context, Duration atMost, Handler<Result> done) {
            this.url = url;
            this.context = context;
            this.done = done;
            this.timer = context.owner()
                    .setTimer(
                            Math.max(1, atMost.toMillis()),
                            unused -> end(Result.refused(
                                    ErrorClass.TIMEOUT,
                                    "the name " + url.host() + " was not resolved within " + atMost.toMillis()
                                            + " ms")));
        }

        void begin() {
            lookup(url.host()).whenComplete((answers, failure) -> {
                Result result = answers == null ? failed(failure) : judge(url, answers);
                context.runOnContext(unused -> end(result));
            });
        }

        private void end(Result result) {
            if (!isOver) {
                isOver = true;
                context.owner().cancelTimer(timer);
                done.handle(result);
            }
        }

        private Result failed(@Nullable Throwable failure) {
            return Result.refused(
                    ErrorClass.DNS_ERROR,
                    failure instanceof RejectedExecutionException
                            ? "too many names are being resolved"
                            : "the name " + url.host() + " has no address");
        }
    }

    private CompletableFuture<InetAddress[]> lookup(String host) {
        CompletableFuture<InetAddress[]> mine = new CompletableFuture<>();
        CompletableFuture<InetAddress[]> underWay = lookups.putIfAbsent(host, mine);
        if (underWay != null) {
            return underWay;
        }
        try {
            resolvers.execute(() -> resolve(host, mine));
        } catch (RejectedExecutionException e) {
            lookups.remove(host, mine);
            mine.completeExceptionally(e);
        }
        return mine;
    }

    private void resolve(String host, CompletableFuture<InetAddress[]> into) {
        try {
            InetAddress[] answers = names.resolve(host);
            lookups.remove(host, into);
            into.complete(answers);
        } catch (UnknownHostException | RuntimeException e) {
            lookups.remove(host, into);
            into.completeExceptionally(e);
        }
    }

    private Result judge(EndpointUrl url, InetAddress... answers) {
        for (InetAddress answer : answers) {
            if (!policy.permits(answer)) {
                return Result.refused(
                        ErrorClass.ADDRESS_REFUSED,
                        url.host() + " is " + answer.getHostAddress() + ", not a public address");
            }
            if (!url.isTls() && !policy.isExempt(answer)) {
                return Result.refused(ErrorClass.ADDRESS_REFUSED, "plain http is not allowed to " + url.host());
            }
        }
        return new Result(withoutName(answers[0]), null);
    }

    /** A proxy is told the name of an address that has one, and would resolve it anew. */
    private static InetAddress withoutName(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has as many bytes as an address has", e);
        }
    }
}
