package io.stockhook.platform;

/**
 * A server that can be taken away and brought back with its data, which is what an outage looks like to its clients. Not
 * thread-safe; a test or the launcher drives it from one thread.
 */
public interface Server extends AutoCloseable {

    /**
     * Starts on the same port and data as before and returns once it answers.
     *
     * @throws PlatformException if it does not come up
     */
    void start();

    /** Ends it in an orderly way, bounded in time. Does nothing when it is not running. */
    void stop();

    /** Ends it without a chance to tidy up, as a power cut would. Does nothing when it is not running. */
    void kill();

    /** Stops in an orderly way and starts again. */
    default void restart() {
        stop();
        start();
    }

    @Override
    default void close() {
        stop();
    }
}
