package io.stockhook.subscription.audit;

import org.jspecify.annotations.Nullable;

/**
 * Something that concerns security and changes no row, to be fired as a CDI event within the request that it is about. What happens
 * often within a short time becomes one entry with its number.
 *
 * @param action what, {@code token.refuse} for example
 * @param actor who; null for whoever sent the request
 * @param tenantId whom it concerns; null for the actor's tenant, or else the platform
 * @param target what it is about; null for nothing in particular
 * @param reason in words of ours, never in those of the request; null for none
 */
public record SecurityEvent(
        String action,
        @Nullable String actor,
        @Nullable String tenantId,
        @Nullable String target,
        @Nullable String reason) {

    /** An event without a target. */
    public static SecurityEvent of(String action, @Nullable String actor, @Nullable String reason) {
        return new SecurityEvent(action, actor, null, null, reason);
    }

    /** The same about this target. */
    public SecurityEvent on(@Nullable String newTarget) {
        return new SecurityEvent(action, actor, tenantId, newTarget, reason);
    }
}
