package io.stockhook.subscription.integration;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;

/** The integrations. Every query takes the tenant first; row-level security stands below it. */
@ApplicationScoped
class IntegrationRepository implements PanacheRepositoryBase<Integration, String> {

    Optional<Integration> findOfTenant(String tenantId, String name) {
        return find("tenantId = ?1 and name = ?2", tenantId, name).firstResultOptional();
    }

    List<Integration> listOfTenant(String tenantId) {
        return find("tenantId", tenantId).list();
    }

    /** The next ones of all tenants, locked until the transaction's end; for the system. */
    List<Integration> listAndLockAfter(String id, int limit) {
        return find("id > ?1", Sort.by("id"), id)
                .page(Page.ofSize(limit))
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }
}
