package io.stockhook.subscription.subscriber;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Parameters;
import io.quarkus.panache.common.Sort;
import io.stockhook.events.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The subscribers. Every query takes the tenant first; row-level security stands below it. */
@ApplicationScoped
class SubscriberRepository implements PanacheRepositoryBase<Subscriber, String> {

    private static final Sort BY_ID = Sort.by("id");

    /** Empty for what is no identifier at all, too. Costs no query if this transaction has read the subscriber already. */
    Optional<Subscriber> findOfTenant(String tenantId, String id) {
        return findOfTenant(tenantId, id, LockModeType.NONE);
    }

    /** The same, and locks the row until the transaction's end. */
    Optional<Subscriber> findAndLockOfTenant(String tenantId, String id) {
        return findOfTenant(tenantId, id, LockModeType.PESSIMISTIC_WRITE);
    }

    private Optional<Subscriber> findOfTenant(String tenantId, String id, LockModeType lock) {
        if (!Ids.isA(Ids.Kind.SUBSCRIBER, id)) {
            return Optional.empty();
        }
        return findByIdOptional(id, lock).filter(subscriber -> subscriber.tenantId.equals(tenantId));
    }

    List<Subscriber> listOfTenant(String tenantId, Collection<String> ids) {
        return list("tenantId = ?1 and id in ?2", tenantId, ids);
    }

    Optional<Subscriber> findByReferenceOfTenant(String tenantId, String externalReference) {
        return find("tenantId = ?1 and externalReference = ?2", tenantId, externalReference)
                .firstResultOptional();
    }

    List<Subscriber> listOfTenantAfter(String tenantId, SubscriberFilter filter, Optional<String> id, int limit) {
        var conditions = new StringBuilder();
        Parameters parameters = conditionsOfTenant(tenantId, filter, conditions);
        id.ifPresent(last -> {
            conditions.append(" and id > :last");
            parameters.and("last", last);
        });
        return find(conditions.toString(), BY_ID, parameters)
                .page(Page.ofSize(limit))
                .list();
    }

    long countOfTenant(String tenantId, SubscriberFilter filter) {
        var conditions = new StringBuilder();
        Parameters parameters = conditionsOfTenant(tenantId, filter, conditions);
        return count(conditions.toString(), parameters);
    }

    /** The next ones of all tenants, locked until the transaction's end; for the system. */
    List<Subscriber> listAndLockAfter(String id, int limit) {
        return find("id > ?1", BY_ID, id)
                .page(Page.ofSize(limit))
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    long countOfTenant(String tenantId) {
        return count("tenantId", tenantId);
    }

    long deleteOfTenant(String tenantId) {
        return delete("tenantId", tenantId);
    }

    private static Parameters conditionsOfTenant(String tenantId, SubscriberFilter filter, StringBuilder conditions) {
        conditions.append("tenantId = :tenant");
        Parameters parameters = Parameters.with("tenant", tenantId);
        if (filter.isActive() != null) {
            conditions.append(" and isActive = :active");
            parameters.and("active", filter.isActive());
        }
        if (filter.text() != null) {
            conditions.append(" and (locate(:text, lower(name)) > 0 or locate(:text, lower(externalReference)) > 0"
                    + " or locate(:text, lower(description)) > 0)");
            parameters.and("text", filter.text());
        }
        return parameters;
    }
}
