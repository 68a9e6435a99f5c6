package io.stockhook.subscription.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happened, before it has its place in a chain.
 *
 * @param tenantId whose chain it belongs to
 * @param at when, in whole microseconds
 * @param actor an API key's id, a token's subject, {@code platform} or {@code anonymous}
 * @param role the actor's roles, separated by blanks; null if it has none
 * @param remoteAddress where the request came from; null without a request
 * @param traceId the request's trace; null without a request
 * @param action what was done, {@code webhook.patch} for example
 * @param target what it was done to; null if nothing in particular
 * @param before the state before, as JSON without secrets; null if there was none
 * @param after the state after, likewise
 * @param reason why it was refused, or what else is to be said; null if nothing is
 * @param occurrences how many times it happened; the same within a short time is one entry
 */
record AuditEntry(
        String tenantId,
        Instant at,
        String actor,
        @Nullable String role,
        @Nullable String remoteAddress,
        @Nullable String traceId,
        String action,
        @Nullable String target,
        @Nullable String before,
        @Nullable String after,
        @Nullable String reason,
        int occurrences) {}
