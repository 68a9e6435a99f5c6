package io.stockhook.delivery.dispatch;

import io.stockhook.delivery.retry.ErrorClass;
import io.stockhook.delivery.retry.Outcome;
import io.stockhook.events.address.AddressPolicy;
import io.stockhook.events.address.EndpointUrl;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Resolves an endpoint's host anew for each attempt and refuses it if any of the answers is an address that deliveries may not go to.
 * The attempt then connects to the very address that was checked.
 */
final class AddressCheck {

    private final AddressPolicy policy;
    private final Executor resolvers;

    /** @param resolvers threads on which a look-up may block; bounded, with a bounded queue */
    AddressCheck(AddressPolicy policy, Executor resolvers) {
        this.policy = policy;
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

    /** Checks the url and calls back on the context; at once if its host is an address. */
    void check(EndpointUrl url, Context context, Handler<Result> done) {
        InetAddress literal = url.literal();
        if (literal != null) {
            done.handle(judge(url, literal));
            return;
        }
        try {
            resolvers.execute(() -> {
                Result result = resolve(url);
                context.runOnContext(unused -> done.handle(result));
            });
        } catch (RejectedExecutionException e) {
            done.handle(Result.refused(ErrorClass.DNS_ERROR, "too many names are being resolved"));
        }
    }

    private Result resolve(EndpointUrl url) {
        try {
            return judge(url, InetAddress.getAllByName(url.host()));
        } catch (UnknownHostException e) {
            return Result.refused(ErrorClass.DNS_ERROR, "the name " + url.host() + " has no address");
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
        return new Result(answers[0], null);
    }
}
