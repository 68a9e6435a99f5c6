package io.stockhook.delivery.ordered;

import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The few threads on which the backlog is read and written, so that no event loop waits for PostgreSQL. Thread-safe. */
final class BacklogThreads implements AutoCloseable {

    /** More than all partitions and loops have under way at once. */
    private static final int MOST_WAITING = 1_000;

    private final ThreadPoolExecutor threads;

    BacklogThreads(int count) {
        threads = new ThreadPoolExecutor(
                count, count, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), runnable -> {
                    Thread thread = new Thread(runnable, "ordered-backlog");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** A question to the backlog. */
    @FunctionalInterface
    interface Question<T> {
        T ask() throws SQLException;
    }

    /** Asks, and says what came of it on the event loop that asked. */
    <T> void ask(Question<T> question, Consumer<T> answered, Consumer<Exception> failed, Executor loop) {
        try {
            threads.execute(() -> {
                try {
                    T answer = question.ask();
                    loop.execute(() -> answered.accept(answer));
                } catch (SQLException | RuntimeException e) {
                    loop.execute(() -> failed.accept(e));
                }
            });
        } catch (RejectedExecutionException e) {
            loop.execute(() -> failed.accept(e));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
