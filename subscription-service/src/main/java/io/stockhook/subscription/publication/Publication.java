package io.stockhook.subscription.publication;

/**
 * A change that has been made and is on its way to its topic.
 *
 * @param state what the caller is shown of it
 * @param outboxId the change's record in the outbox
 */
public record Publication<T>(T state, long outboxId) {}
