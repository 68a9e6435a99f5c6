package io.stockhook.web.auth;

import io.stockhook.events.ApiKeyRecord;
import io.stockhook.events.address.IpRanges;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An API key, ready to be checked.
 *
 * @param allowed where it may be used from; null for anywhere
 */
record KnownKey(
        String keyId,
        String tenantId,
        String role,
        @Nullable Instant expiresAt,
        @Nullable IpRanges allowed) {

    /** @throws IllegalArgumentException if a range of the record cannot be read */
    static KnownKey of(ApiKeyRecord key) {
        IpRanges allowed = key.allowedCidrs().isEmpty() ? null : IpRanges.of(key.allowedCidrs());
        return new KnownKey(key.keyId(), key.tenantId(), key.role(), key.expiresAt(), allowed);
    }

    /**
     * Why the key does not let in now and from there; empty if it does.
     *
     * @param from the client's address; null if unknown, which satisfies no range
     */
    Optional<String> refusal(Instant now, @Nullable InetAddress from) {
        if (expiresAt != null && !now.isBefore(expiresAt)) {
            return Optional.of("The API key has expired.");
        }
        if (allowed != null && (from == null || !allowed.contains(from))) {
            return Optional.of("The API key may not be used from this address.");
        }
        return Optional.empty();
    }
}
