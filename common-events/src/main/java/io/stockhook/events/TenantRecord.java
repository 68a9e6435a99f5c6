package io.stockhook.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as every service knows it, on {@link Topics#TENANTS} under the key {@code tenant:<tenant_id>}.
 *
 * @param tenantId the tenant
 * @param name what its people call it
 * @param isActive false once the platform has suspended it; nothing of a suspended tenant is accepted or delivered
 * @param payloadFormat what its endpoints send unless they say otherwise; null for the platform's default
 * @param retentionDays for how many days its deliveries are kept; null for as long as the platform keeps them
 * @param allowedCidrs where any of its API keys may be used from; null or empty for anywhere
 */
public record TenantRecord(
        String tenantId,
        String name,
        boolean isActive,
        @Nullable String payloadFormat,
        @Nullable Integer retentionDays,
        @Nullable List<String> allowedCidrs) {

    private static final String KEY_PREFIX = "tenant:";

    /** The record key of a tenant. */
    public static String key(String tenantId) {
        return KEY_PREFIX + tenantId;
    }

    /** Whether a record key on the topic is a tenant's. */
    public static boolean isKey(String recordKey) {
        return recordKey.startsWith(KEY_PREFIX);
    }

    /** The tenant that a record key names. */
    public static String tenantId(String recordKey) {
        return recordKey.substring(KEY_PREFIX.length());
    }
}
