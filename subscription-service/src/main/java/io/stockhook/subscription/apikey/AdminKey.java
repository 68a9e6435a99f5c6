package io.stockhook.subscription.apikey;

import io.stockhook.events.MicroClock;
import io.stockhook.subscription.publication.ControlPlanePublisher;
import io.stockhook.subscription.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The one API key that the configuration gives, under an id of its own. */
@ApplicationScoped
class AdminKey {

    static final String ID = "key_00000000000070008000000000000000";

    private final ApiKeyRepository keys;
    private final ApiKeyMapper mapper;
    private final ControlPlanePublisher publisher;

    AdminKey(ApiKeyRepository keys, ApiKeyMapper mapper, ControlPlanePublisher publisher) {
        this.keys = keys;
        this.mapper = mapper;
        this.publisher = publisher;
    }

    /**
     * Replaces the key by the one of this hash, and publishes it even if it is the same: should the topic have lost it, nobody
     * could make another.
     */
    @Transactional
    void set(String hash) {
        ApiKey key = keys.findAndLockOf(Optional.of(TenantService.PLATFORM), ID).orElseGet(AdminKey::create);
        if (key.hash != null && !key.hash.equals(hash)) {
            publisher.retractApiKey(key.hash);
        }
        key.hash = hash;
        keys.persist(key);
        publisher.publish(mapper.topicRecord(key));
    }

    private static ApiKey create() {
        Instant now = MicroClock.now();
        var key = new ApiKey();
        key.id = ID;
        key.tenantId = TenantService.PLATFORM;
        key.prefix = "shk_";
        key.name = "Platform admin";
        key.role = Role.ADMIN.wireName();
        key.allowedCidrs = List.of();
        key.version = 1;
        key.createdAt = now;
        key.updatedAt = now;
        return key;
    }
}
