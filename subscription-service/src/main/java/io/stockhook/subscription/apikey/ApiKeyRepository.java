package io.stockhook.subscription.apikey;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import io.stockhook.events.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;

/** The API keys: a tenant's own, or all of them for the platform's admin, which row-level security decides. */
@ApplicationScoped
class ApiKeyRepository implements PanacheRepositoryBase<ApiKey, String> {

    private static final Sort BY_ID = Sort.by("id");

    /** Empty for what is no identifier at all, too. */
    Optional<ApiKey> findKey(String id) {
        return Ids.isA(Ids.Kind.API_KEY, id) ? findByIdOptional(id) : Optional.empty();
    }

    /** The same, and locks the row until the transaction's end. */
    Optional<ApiKey> findAndLock(String id) {
        return Ids.isA(Ids.Kind.API_KEY, id) ? findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE) : Optional.empty();
    }

    long countOfTenant(String tenantId) {
        return count("tenantId", tenantId);
    }

    List<ApiKey> listAndLockOfTenant(String tenantId) {
        return find("tenantId", BY_ID, tenantId)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    List<ApiKey> listAfter(Optional<String> id, int limit) {
        var query = id.isPresent() ? find("id > ?1", BY_ID, id.get()) : findAll(BY_ID);
        return query.page(Page.ofSize(limit)).list();
    }
}
