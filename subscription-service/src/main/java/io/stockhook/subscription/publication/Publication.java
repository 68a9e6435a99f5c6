package io.stockhook.subscription.publication;

/**
 * A change that has been made and is on its way to its topic.
 *
 * @param state what the caller is shown of it
 * @param outboxId the change's record in the outbox, {@link #NOTHING} or {@link #LATER}
 */
public record Publication<T>(T state, long outboxId) {

    /** There is nothing that other services have to be told. */
    public static final long NOTHING = 0;

    /** It is published by and by, later than a caller would wait for. */
    public static final long LATER = -1;
}
