package io.stockhook.subscription.eventtype;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The versions of the tenants' own event types. Every query takes the tenant first; row-level security stands below it. */
@ApplicationScoped
class EventTypeVersionRepository implements PanacheRepositoryBase<EventTypeVersion, Long> {

    /** Oldest first. */
    List<EventTypeVersion> listOfTenant(String tenantId, Long eventTypeId) {
        return find("tenantId = ?1 and eventTypeId = ?2", Sort.by("version"), tenantId, eventTypeId)
                .list();
    }

    Optional<EventTypeVersion> findOfTenant(String tenantId, Long eventTypeId, int version) {
        return find("tenantId = ?1 and eventTypeId = ?2 and version = ?3", tenantId, eventTypeId, version)
                .firstResultOptional();
    }

    /** The newest version of each of these types. */
    List<EventTypeVersion> listNewestOfTenant(String tenantId, Collection<Long> eventTypeIds) {
        return eventTypeIds.isEmpty()
                ? List.of()
                : list(
                        "from EventTypeVersion v where v.tenantId = ?1 and v.eventTypeId in ?2"
                                + " and v.version = (select t.latestVersion from EventType t where t.id = v.eventTypeId)",
                        tenantId,
                        eventTypeIds);
    }
}
