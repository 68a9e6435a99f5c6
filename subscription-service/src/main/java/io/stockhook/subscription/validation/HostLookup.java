package io.stockhook.subscription.validation;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks up names, a bounded number at once and for a bounded time: the JDK's look-up cannot be ended, so a name server that hangs costs a
 * few threads of its own and never those of requests.
 */
@ApplicationScoped
class HostLookup {

    private static final long IDLE_SECONDS = 30;

    private final ExecutorService threads;
    private final Duration timeout;

    HostLookup(ValidationConfig config) {
        timeout = config.lookupTimeout();
        threads = new ThreadPoolExecutor(
                0, config.maxLookups(), IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(work, "validation-lookup");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
    }

    /**
     * What came of a look-up.
     *
     * @param addresses empty unless it is {@link State#FOUND}
     */
    record Result(State state, List<InetAddress> addresses) {

        static Result none(State state) {
            return new Result(state, List.of());
        }
    }

    /** How a look-up ended. */
    enum State {
        /** There are addresses. */
        FOUND,
        /** The name has none. */
        UNKNOWN,
        /** The time was up. */
        TOO_SLOW,
        /** Too many others are looked up. */
        BUSY
    }

    /** Looks up a name; blocks for the timeout at the most. */
    Result lookup(String host) {
        Future<InetAddress[]> answer;
        try {
            answer = threads.submit(() -> InetAddress.getAllByName(host));
        } catch (RejectedExecutionException e) {
            return Result.none(State.BUSY);
        }
        try {
            return new Result(State.FOUND, List.of(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS)));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return Result.none(State.TOO_SLOW);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException) {
                return Result.none(State.UNKNOWN);
            }
            throw new IllegalStateException("a look-up fails only for want of an answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Result.none(State.TOO_SLOW);
        }
    }
}
