package io.stockhook.platform.testing;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Lets tests do things at the same time. The common pool does not: from JDK 25 on it has a single thread on two processors, and what blocks
 * there keeps all else waiting.
 */
public final class Concurrently {

    private Concurrently() {}

    /** Calls it on a thread of its own. */
    public static <T> CompletableFuture<T> supply(Supplier<T> what) {
        return CompletableFuture.supplyAsync(what, task -> new Thread(task, "concurrently").start());
    }

    /** Runs it on a thread of its own. */
    public static CompletableFuture<Void> run(Runnable what) {
        return CompletableFuture.runAsync(what, task -> new Thread(task, "concurrently").start());
    }
}
