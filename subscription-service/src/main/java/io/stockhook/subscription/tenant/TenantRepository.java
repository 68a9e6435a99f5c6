package io.stockhook.subscription.tenant;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Parameters;
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

    List<Tenant> listAfter(TenantFilter filter, Optional<String> id, int limit) {
        var conditions = new StringBuilder();
        Parameters parameters = conditions(filter, conditions);
        id.ifPresent(last -> {
            conditions.append(" and id > :last");
            parameters.and("last", last);
        });
        return find(conditions.toString(), Sort.by("id"), parameters)
                .page(Page.ofSize(limit))
                .list();
    }

    long count(TenantFilter filter) {
        var conditions = new StringBuilder();
        Parameters parameters = conditions(filter, conditions);
        return count(conditions.toString(), parameters);
    }

    private static Parameters conditions(TenantFilter filter, StringBuilder conditions) {
        var parameters = new Parameters();
        conditions.append("1 = 1");
        if (filter.isActive() != null) {
            conditions.append(" and isActive = :active");
            parameters.and("active", filter.isActive());
        }
        if (filter.text() != null) {
            conditions.append(" and locate(:text, lower(name)) > 0");
            parameters.and("text", filter.text());
        }
        return parameters;
    }
}
