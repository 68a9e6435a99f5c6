package io.stockhook.subscription.apikey;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import io.stockhook.events.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;

/**
 * The API keys. Every query takes first whose keys it is about; no tenant is all of them, which the platform's admin alone may ask for.
 * Row-level security stands below it.
 */
@ApplicationScoped
class ApiKeyRepository implements PanacheRepositoryBase<ApiKey, String> {

    private static final Sort BY_ID = Sort.by("id");

    /** Empty for what is no identifier at all, too. */
    Optional<ApiKey> findOf(Optional<String> tenantId, String id) {
        return findOf(tenantId, id, LockModeType.NONE);
    }

    /** The same, and locks the row until the transaction's end. */
    Optional<ApiKey> findAndLockOf(Optional<String> tenantId, String id) {
        return findOf(tenantId, id, LockModeType.PESSIMISTIC_WRITE);
    }

    private Optional<ApiKey> findOf(Optional<String> tenantId, String id, LockModeType lock) {
        if (!Ids.isA(Ids.Kind.API_KEY, id)) {
            return Optional.empty();
        }
        var query = tenantId.isPresent() ? find("tenantId = ?1 and id = ?2", tenantId.get(), id) : find("id = ?1", id);
        return query.withLock(lock).firstResultOptional();
    }

    long countOf(Optional<String> tenantId) {
        return tenantId.isPresent() ? count("tenantId", tenantId.get()) : count();
    }

    List<ApiKey> listAndLockOfTenant(String tenantId) {
        return find("tenantId", BY_ID, tenantId)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    List<ApiKey> listOf(Optional<String> tenantId, Optional<String> after, int limit) {
        String last = after.orElse("");
        var query = tenantId.isPresent()
                ? find("tenantId = ?1 and id > ?2", BY_ID, tenantId.get(), last)
                : find("id > ?1", BY_ID, last);
        return query.page(Page.ofSize(limit)).list();
    }
}
