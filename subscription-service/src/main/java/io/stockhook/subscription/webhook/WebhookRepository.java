package io.stockhook.subscription.webhook;

import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Parameters;
import io.quarkus.panache.common.Sort;
import io.stockhook.events.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The webhooks. Every query takes the tenant first; row-level security stands below it. */
@ApplicationScoped
class WebhookRepository implements PanacheRepositoryBase<Webhook, String> {

    private static final Sort BY_ID = Sort.by("id");

    /** Empty for what is no identifier at all, too. */
    Optional<Webhook> findOfTenant(String tenantId, String id) {
        return findOfTenant(tenantId, id, LockModeType.NONE);
    }

    /** The same, and locks the row until the transaction's end. */
    Optional<Webhook> findAndLockOfTenant(String tenantId, String id) {
        return findOfTenant(tenantId, id, LockModeType.PESSIMISTIC_WRITE);
    }

    private Optional<Webhook> findOfTenant(String tenantId, String id, LockModeType lock) {
        if (!Ids.isA(Ids.Kind.WEBHOOK, id)) {
            return Optional.empty();
        }
        return find("tenantId = ?1 and id = ?2", tenantId, id).withLock(lock).firstResultOptional();
    }

    List<Webhook> listAndLockOfTenant(String tenantId) {
        return find("tenantId", BY_ID, tenantId)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    /** Everybody's, for the system. */
    List<Webhook> listAndLockAfter(String id, int limit) {
        return find("id > ?1", BY_ID, id)
                .page(Page.ofSize(limit))
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    List<Webhook> listOfTenantAfter(String tenantId, WebhookFilter filter, Optional<String> id, int limit) {
        var conditions = new StringBuilder();
        Parameters parameters = conditionsOfTenant(tenantId, filter, conditions);
        id.ifPresent(last -> {
            conditions.append(" and id > :last");
            parameters.and("last", last);
        });
        PanacheQuery<Webhook> query = find(conditions.toString(), BY_ID, parameters);
        return query.page(Page.ofSize(limit)).list();
    }

    long countOfTenant(String tenantId, WebhookFilter filter) {
        var conditions = new StringBuilder();
        Parameters parameters = conditionsOfTenant(tenantId, filter, conditions);
        return count(conditions.toString(), parameters);
    }

    /** Those that this feature keeps, in order of creation. */
    List<Webhook> listOfTenantManagedBy(String tenantId, String manager) {
        return find("tenantId = ?1 and managedBy = ?2", BY_ID, tenantId, manager)
                .list();
    }

    /** Those that any feature keeps. */
    List<Webhook> listManagedOfTenant(String tenantId) {
        return find("tenantId = ?1 and managedBy is not null", BY_ID, tenantId).list();
    }

    long countOfTenant(String tenantId) {
        return count("tenantId", tenantId);
    }

    long countOfSubscriber(String tenantId, String subscriberId) {
        return count("tenantId = ?1 and subscriberId = ?2", tenantId, subscriberId);
    }

    long countActiveOfSubscriber(String tenantId, String subscriberId) {
        return count("tenantId = ?1 and subscriberId = ?2 and isActive", tenantId, subscriberId);
    }

    List<String> idsOfSubscriber(String tenantId, String subscriberId, int limit) {
        return getEntityManager()
                .createQuery(
                        "select id from Webhook where tenantId = :tenant and subscriberId = :subscriber order by id",
                        String.class)
                .setParameter("tenant", tenantId)
                .setParameter("subscriber", subscriberId)
                .setMaxResults(limit)
                .getResultList();
    }

    /** How many webhooks each of these subscribers has, in one query; those that have none are left out. */
    Map<String, Long> countsOfSubscribers(String tenantId, Collection<String> subscriberIds) {
        Map<String, Long> counts = new HashMap<>();
        getEntityManager()
                .createQuery(
                        "select subscriberId, count(*) from Webhook"
                                + " where tenantId = :tenant and subscriberId in (:subscribers) group by subscriberId",
                        Object[].class)
                .setParameter("tenant", tenantId)
                .setParameter("subscribers", subscriberIds)
                .getResultList()
                .forEach(row -> counts.put((String) row[0], (Long) row[1]));
        return counts;
    }

    /** How many webhooks use one of these references to a template. */
    long countOfTemplates(String tenantId, Collection<String> references) {
        return count("tenantId = ?1 and template in ?2", tenantId, references);
    }

    /** How many inherit from the subscriber, or from the tenant if that is null. */
    long countOfHeirs(String tenantId, @Nullable String subscriberId) {
        return subscriberId == null ? countOfTenant(tenantId) : countOfSubscriber(tenantId, subscriberId);
    }

    /** The first of the same after an id, in order of creation, locked until the transaction's end. */
    List<Webhook> listAndLockHeirs(String tenantId, @Nullable String subscriberId, String afterId, int limit) {
        PanacheQuery<Webhook> query = subscriberId == null
                ? find("tenantId = ?1 and id > ?2", BY_ID, tenantId, afterId)
                : find("tenantId = ?1 and subscriberId = ?2 and id > ?3", BY_ID, tenantId, subscriberId, afterId);
        return query.withLock(LockModeType.PESSIMISTIC_WRITE)
                .page(Page.ofSize(limit))
                .list();
    }

    long countActiveOfTenant(String tenantId) {
        return count("tenantId = ?1 and isActive", tenantId);
    }

    private static Parameters conditionsOfTenant(String tenantId, WebhookFilter filter, StringBuilder conditions) {
        conditions.append("tenantId = :tenant");
        Parameters parameters = Parameters.with("tenant", tenantId);
        if (filter.isActive() != null) {
            conditions.append(" and isActive = :active");
            parameters.and("active", filter.isActive());
        }
        if (filter.subscriberId() != null) {
            conditions.append(" and subscriberId = :subscriber");
            parameters.and("subscriber", filter.subscriberId());
        }
        if (filter.patterns() != null) {
            var anyPattern = new StringJoiner(" or ", " and (", ")");
            for (String pattern : filter.patterns()) {
                // One parameter for each: a list would be bound as a row of values, which is no array.
                String name = "pattern" + anyPattern.length();
                anyPattern.add("array_contains(events, :" + name + ")");
                parameters.and(name, pattern);
            }
            conditions.append(anyPattern);
        }
        if (filter.text() != null) {
            // locate, unlike like, knows no wildcards that would have to be escaped.
            conditions.append(" and (locate(:text, lower(name)) > 0 or locate(:text, lower(url)) > 0"
                    + " or locate(:text, lower(description)) > 0)");
            parameters.and("text", filter.text());
        }
        return parameters;
    }
}
