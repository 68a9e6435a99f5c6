package io.stockhook.platform;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A server in a child process of ours, which can also end without being asked. */
public interface ServerProcess extends Server {

    /** What to call it in a sentence. */
    String name();

    /**
     * Completes with what to tell if the process that runs now ends and nobody asked it to. Only after a start; after the
     * next start it has to be asked for again.
     */
    CompletableFuture<PlatformException> unexpectedEnd();

    /** The processor time that it and its children have used so far; zero while it does not run. */
    Duration cpuTime();
}
