package io.stockhook.web.auth;

import io.stockhook.events.ApiKeyRecord;
import io.stockhook.events.Json;
import io.stockhook.events.TenantRecord;
import io.stockhook.events.TokenKeyRecord;
import io.stockhook.events.address.IpRanges;
import io.stockhook.events.log.CompactedRecord;
import io.stockhook.events.log.CompactedTopicReader;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The API keys that are valid, the tenants that are suspended and the keys that tokens are signed with, in memory. Written by one
 * thread, read by any.
 */
@Singleton
class TenantDirectory implements CompactedTopicReader.Sink {

    private final Map<String, KnownKey> keys = new ConcurrentHashMap<>();
    private final Map<String, KnownKey> keysById = new ConcurrentHashMap<>();
    private final Map<String, TokenKey> tokenKeys = new ConcurrentHashMap<>();
    private final Set<String> suspended = ConcurrentHashMap.newKeySet();
    /** Of the tenants that say where their keys may be used from. */
    private final Map<String, IpRanges> allowed = new ConcurrentHashMap<>();

    /** The key with this hash. */
    Optional<KnownKey> key(String hash) {
        return Optional.ofNullable(keys.get(hash));
    }

    /** The key with this identifier. */
    Optional<KnownKey> keyOfId(String keyId) {
        return Optional.ofNullable(keysById.get(keyId));
    }

    /** What the signature of a token that names this key is verified with; nothing for a key whose tokens have all expired. */
    Optional<Key> tokenKey(@Nullable String kid) {
        TokenKey key = kid == null ? null : tokenKeys.get(kid);
        return key == null || key.hasEnded(Instant.now()) ? Optional.empty() : Optional.of(key.publicKey());
    }

    /** Whether the platform has suspended the tenant; one that is not known here is not suspended. */
    boolean isSuspended(String tenantId) {
        return suspended.contains(tenantId);
    }

    /** Whether the tenant lets its API keys be used from there. */
    boolean isAllowed(String tenantId, @Nullable InetAddress from) {
        IpRanges ranges = allowed.get(tenantId);
        return ranges == null || (from != null && ranges.contains(from));
    }

    /**
     * Takes what the tenants topic says. A key's record that cannot be read takes the key out: what it meant to change may
     * have been its limits.
     *
     * @throws IOException if the record cannot be read
     */
    @Override
    public void apply(CompactedRecord record) throws IOException {
        if (ApiKeyRecord.isKey(record.key())) {
            applyKey(ApiKeyRecord.hash(record.key()), record.value());
        } else if (TokenKeyRecord.isKey(record.key())) {
            applyTokenKey(TokenKeyRecord.kid(record.key()), record.value());
        } else if (TenantRecord.isKey(record.key())) {
            applyTenant(TenantRecord.tenantId(record.key()), record.value());
        }
    }

    @Override
    public void retainOnly(Set<String> recordKeys) {
        keys.keySet().stream()
                .filter(hash -> !recordKeys.contains(ApiKeyRecord.key(hash)))
                .forEach(this::forget);
        tokenKeys.keySet().removeIf(kid -> !recordKeys.contains(TokenKeyRecord.key(kid)));
        suspended.removeIf(tenantId -> !recordKeys.contains(TenantRecord.key(tenantId)));
        allowed.keySet().removeIf(tenantId -> !recordKeys.contains(TenantRecord.key(tenantId)));
    }

    private void applyKey(String hash, byte @Nullable [] value) throws IOException {
        if (value == null) {
            forget(hash);
            return;
        }
        try {
            KnownKey key = KnownKey.of(Json.read(value, ApiKeyRecord.class));
            forget(hash);
            keys.put(hash, key);
            keysById.put(key.keyId(), key);
        } catch (IOException | RuntimeException e) {
            forget(hash);
            throw e;
        }
    }

    /** A key that was given a new secret has its identifier under another hash by now, and keeps it. */
    private void forget(String hash) {
        KnownKey key = keys.remove(hash);
        if (key != null) {
            // The same object, not an equal one: of a key's records only the hash changes.
            keysById.computeIfPresent(key.keyId(), (id, known) -> known == key ? null : known);
        }
    }

    private void applyTokenKey(String kid, byte @Nullable [] value) throws IOException {
        tokenKeys.remove(kid);
        if (value != null) {
            tokenKeys.put(kid, TokenKey.of(Json.read(value, TokenKeyRecord.class)));
        }
    }

    private void applyTenant(String tenantId, byte @Nullable [] value) throws IOException {
        if (value == null) {
            suspended.remove(tenantId);
            allowed.remove(tenantId);
            return;
        }
        TenantRecord tenant = Json.read(value, TenantRecord.class);
        if (tenant.isActive()) {
            suspended.remove(tenantId);
        } else {
            suspended.add(tenantId);
        }
        List<String> cidrs = tenant.allowedCidrs();
        if (cidrs == null || cidrs.isEmpty()) {
            allowed.remove(tenantId);
        } else {
            allowed.put(tenantId, IpRanges.of(cidrs));
        }
    }

    /** @param verifiesUntil null while it signs */
    private record TokenKey(Key publicKey, @Nullable Instant verifiesUntil) {

        boolean hasEnded(Instant now) {
            return verifiesUntil != null && !now.isBefore(verifiesUntil);
        }

        static TokenKey of(TokenKeyRecord key) throws IOException {
            try {
                var spec = new X509EncodedKeySpec(Base64.getDecoder().decode(key.publicKey()));
                return new TokenKey(KeyFactory.getInstance("RSA").generatePublic(spec), key.verifiesUntil());
            } catch (GeneralSecurityException | RuntimeException e) {
                throw new IOException("not a public key", e);
            }
        }
    }
}
