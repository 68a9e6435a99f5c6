package io.stockhook.subscription.apikey;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhook.events.ApiKeys;
import io.stockhook.events.Ids;
import io.stockhook.events.MicroClock;
import io.stockhook.subscription.publication.ControlPlanePublisher;
import io.stockhook.subscription.publication.Publication;
import io.stockhook.subscription.tenant.TenantDeleted;
import io.stockhook.subscription.tenant.TenantService;
import io.stockhook.web.etag.EntityTags;
import io.stockhook.web.paging.Page;
import io.stockhook.web.paging.PageQuery;
import io.stockhook.web.patch.MergePatcher;
import io.stockhook.web.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** API keys and what the other services are told of them; where a tenant is optional, none is the platform's admin's look at all. */
@ApplicationScoped
public class ApiKeyService {

    /** {@code shk_} and four digits of 43: enough to recognise a key by, nothing to guess it from. */
    private static final int SHOWN_PREFIX = 8;

    private final ApiKeyRepository keys;
    private final ApiKeyMapper mapper;
    private final TenantService tenants;
    private final ControlPlanePublisher publisher;
    private final MergePatcher patcher;
    private final ApiKeyConfig config;

    ApiKeyService(
            ApiKeyRepository keys,
            ApiKeyMapper mapper,
            TenantService tenants,
            ControlPlanePublisher publisher,
            MergePatcher patcher,
            ApiKeyConfig config) {
        this.keys = keys;
        this.mapper = mapper;
        this.tenants = tenants;
        this.publisher = publisher;
        this.patcher = patcher;
        this.config = config;
    }

    /** Makes a key; the answer is the only place where it is ever shown. */
    @Transactional
    Publication<ApiKeyView> create(String tenantId, ApiKeyRequest request) {
        Instant now = MicroClock.now();
        ApiKeyRules.check(request, now);
        if (tenants.lock(tenantId).isEmpty()) {
            // Who did not name it has a token that outlives its tenant.
            throw request.tenantId() == null
                    ? Problems.forbidden("The tenant that the token names does not exist.")
                    : Problems.badField("tenant_id", "There is no tenant '%s'.".formatted(tenantId));
        }
        if (keys.countOf(Optional.of(tenantId)) >= config.maxPerTenant()) {
            throw Problems.conflict(
                    "The tenant has %d API keys and may not have more.".formatted(config.maxPerTenant()));
        }
        String secret = ApiKeys.generate();
        var key = new ApiKey();
        key.id = Ids.next(Ids.Kind.API_KEY);
        key.tenantId = tenantId;
        key.hash = ApiKeys.hash(secret);
        key.prefix = secret.substring(0, SHOWN_PREFIX);
        key.name = request.name();
        key.role = request.role().wireName();
        key.expiresAt = request.expiresAt();
        key.allowedCidrs = request.allowedCidrs() == null ? List.of() : request.allowedCidrs();
        key.version = 1;
        key.createdAt = now;
        key.updatedAt = now;
        keys.persist(key);
        return new Publication<>(mapper.viewWithKey(key, secret), publisher.publish(mapper.topicRecord(key)));
    }

    @Transactional
    ApiKeyView get(Optional<String> tenantId, String id) {
        return keys.findOf(tenantId, id).map(mapper::view).orElseThrow(() -> Problems.notFound("API key", id));
    }

    @Transactional
    Page<ApiKeyView> list(Optional<String> tenantId, PageQuery query) {
        var rows = keys.listOf(tenantId, query.after(id -> Ids.require(Ids.Kind.API_KEY, id)), query.fetchSize());
        return Page.of(rows, query, key -> key.id, mapper::view, keys.countOf(tenantId));
    }

    /** Changes what the JSON merge patch names. Nothing of a name is published. */
    @Transactional
    ApiKeyView patch(Optional<String> tenantId, String id, @Nullable String ifMatch, @Nullable JsonNode patch) {
        ApiKey key = findAndLock(tenantId, id, ifMatch);
        key.name = patcher.apply(new ApiKeyChange(key.name), patch, ApiKeyChange.class)
                .name();
        key.version++;
        key.updatedAt = MicroClock.now();
        return mapper.view(key);
    }

    /** Gives a key another secret, which the answer shows for the only time. The old one stops working; whatever else there is of it stays. */
    @Transactional
    Publication<ApiKeyView> rotate(Optional<String> tenantId, String id, @Nullable String ifMatch) {
        if (id.equals(AdminKey.ID)) {
            throw Problems.conflict("This key is given by the configuration, stockhook.admin.key-hash.");
        }
        ApiKey key = findAndLock(tenantId, id, ifMatch);
        String secret = ApiKeys.generate();
        publisher.retractApiKey(key.hash);
        key.hash = ApiKeys.hash(secret);
        key.prefix = secret.substring(0, SHOWN_PREFIX);
        key.version++;
        key.updatedAt = MicroClock.now();
        return new Publication<>(mapper.viewWithKey(key, secret), publisher.publish(mapper.topicRecord(key)));
    }

    /** Revokes a key and returns the tombstone's place in the outbox. */
    @Transactional
    long revoke(Optional<String> tenantId, String id, @Nullable String ifMatch) {
        return revoke(findAndLock(tenantId, id, ifMatch));
    }

    void revokeAll(@Observes TenantDeleted event) {
        keys.listAndLockOfTenant(event.tenantId()).forEach(this::revoke);
        // The tenant's own row goes next and is referred to by these.
        keys.flush();
    }

    private long revoke(ApiKey key) {
        keys.delete(key);
        return publisher.retractApiKey(key.hash);
    }

    private ApiKey findAndLock(Optional<String> tenantId, String id, @Nullable String ifMatch) {
        ApiKey key = keys.findAndLockOf(tenantId, id).orElseThrow(() -> Problems.notFound("API key", id));
        EntityTags.requireMatch(ifMatch, key.version);
        return key;
    }
}
