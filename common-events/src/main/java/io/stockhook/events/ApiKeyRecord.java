package io.stockhook.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An API key as every service knows it, on {@link Topics#TENANTS} under the key {@code apikey:<hash>}; a tombstone revokes
 * it.
 *
 * @param hash SHA-256 of the whole key as lower-case hex, see {@link ApiKeys#hash}
 * @param keyId the key's public identifier
 * @param tenantId the tenant it acts for
 * @param role one of {@code admin, owner, editor, viewer, publisher}
 * @param expiresAt when it stops working; null if never
 * @param allowedCidrs where it may be used from; empty for anywhere
 */
public record ApiKeyRecord(
        String hash,
        String keyId,
        String tenantId,
        String role,
        @Nullable Instant expiresAt,
        List<String> allowedCidrs) {

    private static final String KEY_PREFIX = "apikey:";

    /** The record key of an API key. */
    public static String key(String hash) {
        return KEY_PREFIX + hash;
    }

    /** Whether a record key on the topic is an API key's. */
    public static boolean isKey(String recordKey) {
        return recordKey.startsWith(KEY_PREFIX);
    }

    /** The hash that a record key names. */
    public static String hash(String recordKey) {
        return recordKey.substring(KEY_PREFIX.length());
    }
}
