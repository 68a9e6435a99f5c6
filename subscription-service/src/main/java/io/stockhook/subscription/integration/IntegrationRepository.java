package io.stockhook.subscription.integration;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
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
}
