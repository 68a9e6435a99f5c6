package io.stockhook.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The public part of a key that access tokens are signed with, on {@link Topics#TENANTS} under the key {@code tokenkey:<kid>}; a
 * tombstone ends it at once.
 *
 * @param kid what a token's header names it by
 * @param publicKey the RSA key, as base64 of its {@code SubjectPublicKeyInfo} (X.509)
 * @param verifiesUntil when its last token has expired; null while it signs
 */
public record TokenKeyRecord(
        String kid, String publicKey, @Nullable Instant verifiesUntil) {

    private static final String KEY_PREFIX = "tokenkey:";

    /** The record key of a token key. */
    public static String key(String kid) {
        return KEY_PREFIX + kid;
    }

    /** Whether a record key on the topic is a token key's. */
    public static boolean isKey(String recordKey) {
        return recordKey.startsWith(KEY_PREFIX);
    }

    /** The kid that a record key names. */
    public static String kid(String recordKey) {
        return recordKey.substring(KEY_PREFIX.length());
    }
}
