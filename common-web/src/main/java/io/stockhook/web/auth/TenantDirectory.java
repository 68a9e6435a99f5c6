package io.stockhook.web.auth;

import io.stockhook.events.ApiKeyRecord;
import io.stockhook.events.Json;
import io.stockhook.events.TenantRecord;
import io.stockhook.events.address.IpRanges;
import io.stockhook.events.log.CompactedRecord;
import io.stockhook.events.log.CompactedTopicReader;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The API keys that are valid and the tenants that are suspended, in memory. Written by one thread, read by any. */
@Singleton
class TenantDirectory implements CompactedTopicReader.Sink {

    private final Map<String, KnownKey> keys = new ConcurrentHashMap<>();
    private final Set<String> suspended = ConcurrentHashMap.newKeySet();
    /** Of the tenants that say where their keys may be used from. */
    private final Map<String, IpRanges> allowed = new ConcurrentHashMap<>();

    /** The key with this hash. */
    Optional<KnownKey> key(String hash) {
        return Optional.ofNullable(keys.get(hash));
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
        } else if (TenantRecord.isKey(record.key())) {
            applyTenant(TenantRecord.tenantId(record.key()), record.value());
        }
    }

    @Override
    public void retainOnly(Set<String> recordKeys) {
        keys.keySet().removeIf(hash -> !recordKeys.contains(ApiKeyRecord.key(hash)));
        suspended.removeIf(tenantId -> !recordKeys.contains(TenantRecord.key(tenantId)));
        allowed.keySet().removeIf(tenantId -> !recordKeys.contains(TenantRecord.key(tenantId)));
    }

    private void applyKey(String hash, byte @Nullable [] value) throws IOException {
        if (value == null) {
            keys.remove(hash);
            return;
        }
        try {
            keys.put(hash, KnownKey.of(Json.read(value, ApiKeyRecord.class)));
        } catch (IOException | RuntimeException e) {
            keys.remove(hash);
            throw e;
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
}
