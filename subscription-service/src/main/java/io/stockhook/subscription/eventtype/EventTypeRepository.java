package io.stockhook.subscription.eventtype;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Parameters;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tenants' own event types. Every query takes the tenant first; row-level security stands below it. */
@ApplicationScoped
class EventTypeRepository implements PanacheRepositoryBase<EventType, Long> {

    private static final Sort BY_NAME = Sort.by("name");

    Optional<EventType> findOfTenant(String tenantId, String name) {
        return find("tenantId = ?1 and name = ?2", tenantId, name).firstResultOptional();
    }

    /** The same, and locks the row until the transaction's end. */
    Optional<EventType> findAndLockOfTenant(String tenantId, String name) {
        return find("tenantId = ?1 and name = ?2", tenantId, name)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional();
    }

    List<EventType> listAndLockOfTenant(String tenantId) {
        return find("tenantId", BY_NAME, tenantId)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    /** All of a tenant's types; bounded by how many it may have. */
    List<EventType> listOfTenant(String tenantId) {
        return find("tenantId", BY_NAME, tenantId).list();
    }

    List<EventType> listOfTenantAfter(String tenantId, EventTypeFilter filter, String name, int limit) {
        var conditions = new StringBuilder();
        Parameters parameters = conditionsOfTenant(tenantId, filter, conditions);
        conditions.append(" and name > :last");
        parameters.and("last", name);
        return find(conditions.toString(), BY_NAME, parameters)
                .page(Page.ofSize(limit))
                .list();
    }

    long countOfTenant(String tenantId, EventTypeFilter filter) {
        var conditions = new StringBuilder();
        Parameters parameters = conditionsOfTenant(tenantId, filter, conditions);
        return count(conditions.toString(), parameters);
    }

    long countOfTenant(String tenantId) {
        return count("tenantId", tenantId);
    }

    /** How many of its own types a tenant has in each category. */
    Map<String, Long> countByCategoryOfTenant(String tenantId) {
        Map<String, Long> counts = new HashMap<>();
        getEntityManager()
                .createQuery(
                        "select category, count(*) from EventType where tenantId = :tenant group by category",
                        Object[].class)
                .setParameter("tenant", tenantId)
                .getResultList()
                .forEach(row -> counts.put((String) row[0], (Long) row[1]));
        return counts;
    }

    /** When an event of each of these types was there last, for those of which it is known. */
    Map<String, Instant> lastTriggeredOfTenant(String tenantId, Collection<String> names) {
        Map<String, Instant> last = new HashMap<>();
        if (names.isEmpty()) {
            return last;
        }
        getEntityManager()
                .createNativeQuery(
                        "select name, last_triggered from event_type_activity where tenant_id = :tenant and name in (:names)",
                        Object[].class)
                .setParameter("tenant", tenantId)
                .setParameter("names", names)
                .getResultList()
                .forEach(row -> {
                    Object[] columns = (Object[]) row;
                    last.put((String) columns[0], (Instant) columns[1]);
                });
        return last;
    }

    void forgetActivityOfTenant(String tenantId) {
        getEntityManager()
                .createNativeQuery("delete from event_type_activity where tenant_id = :tenant")
                .setParameter("tenant", tenantId)
                .executeUpdate();
    }

    void forgetActivityOfTenant(String tenantId, String name) {
        getEntityManager()
                .createNativeQuery("delete from event_type_activity where tenant_id = :tenant and name = :name")
                .setParameter("tenant", tenantId)
                .setParameter("name", name)
                .executeUpdate();
    }

    private static Parameters conditionsOfTenant(String tenantId, EventTypeFilter filter, StringBuilder conditions) {
        conditions.append("tenantId = :tenant");
        Parameters parameters = Parameters.with("tenant", tenantId);
        if (filter.category() != null) {
            conditions.append(" and category = :category");
            parameters.and("category", filter.category());
        }
        if (filter.isDeprecated() != null) {
            conditions.append(" and deprecated = :deprecated");
            parameters.and("deprecated", filter.isDeprecated());
        }
        if (filter.text() != null) {
            // locate, unlike like, knows no wildcards that would have to be escaped.
            conditions.append(" and (locate(:text, lower(name)) > 0 or locate(:text, lower(displayName)) > 0"
                    + " or locate(:text, lower(description)) > 0)");
            parameters.and("text", filter.text());
        }
        return parameters;
    }
}
