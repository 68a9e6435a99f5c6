package io.stockhook.subscription.tenant;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings that a tenant's own row has, because other services read them with it.
 *
 * @param payloadFormat what its webhooks send unless they or their subscribers say otherwise; null for the platform's
 * @param retentionDays for how many days its deliveries are kept; null for as long as the platform keeps them
 * @param allowedCidrs where its API keys may be used from; empty for anywhere
 */
public record TenantPolicy(
        @Nullable PayloadFormat payloadFormat, @Nullable Integer retentionDays, List<String> allowedCidrs) {}
