package io.stockhook.subscription.apikey;

import io.stockhook.events.ApiKeyRecord;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** From an API key's row to what others see of it. */
@ApplicationScoped
class ApiKeyMapper {

    ApiKeyView view(ApiKey key) {
        return view(key, null);
    }

    /** The only view that holds the key itself. */
    ApiKeyView viewWithKey(ApiKey key, String secret) {
        return view(key, secret);
    }

    ApiKeyRecord topicRecord(ApiKey key) {
        return new ApiKeyRecord(key.hash, key.id, key.tenantId, key.role, key.expiresAt, key.allowedCidrs);
    }

    private static ApiKeyView view(ApiKey key, @Nullable String secret) {
        return new ApiKeyView(
                key.id,
                key.tenantId,
                key.name,
                Role.of(key.role),
                key.prefix,
                key.expiresAt,
                key.allowedCidrs,
                key.version,
                key.createdAt,
                key.updatedAt,
                secret);
    }
}
