package io.stockhook.subscription.tenant;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import io.stockhook.events.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;

/** The tenants. A tenant's id is the tenant that a query is about; the list of all is the platform's admin's. */
@ApplicationScoped
class TenantRepository implements PanacheRepositoryBase<Tenant, String> {

    /** Empty for what is no identifier at all, too. */
    Optional<Tenant> findTenant(String id) {
        return Ids.isA(Ids.Kind.TENANT, id) ? findByIdOptional(id) : Optional.empty();
    }

    /** The same, and locks the row until the transaction's end. */
    Optional<Tenant> findAndLock(String id) {
        return Ids.isA(Ids.Kind.TENANT, id) ? findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE) : Optional.empty();
    }

    List<Tenant> listAfter(Optional<String> id, int limit) {
        Sort byId = Sort.by("id");
        var query = id.isPresent() ? find("id > ?1", byId, id.get()) : findAll(byId);
        return query.page(Page.ofSize(limit)).list();
    }
}
