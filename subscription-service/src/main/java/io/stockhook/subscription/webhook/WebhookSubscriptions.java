package io.stockhook.subscription.webhook;

import io.stockhook.subscription.eventtype.Subscriptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells event types who subscribes to them. */
@ApplicationScoped
class WebhookSubscriptions implements Subscriptions {

    private static final String COUNT = """
            select wanted.name, count(distinct subscribed.id)
            from unnest(cast(:names as text[]), cast(:patterns as text[])) as wanted (name, pattern)
            join (select id, unnest(events) as pattern from webhook where tenant_id = :tenant) as subscribed
                on subscribed.pattern = wanted.pattern
            group by wanted.name""";
    private static final String COUNT_PATTERN =
            "select count(*) from webhook where tenant_id = :tenant and :pattern = any (events)";

    private final EntityManager entities;

    WebhookSubscriptions(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    public Map<String, Long> countOfTenant(String tenantId, Map<String, List<String>> patternsByName) {
        List<String> names = new ArrayList<>();
        List<String> patterns = new ArrayList<>();
        patternsByName.forEach((name, covering) -> covering.forEach(pattern -> {
            names.add(name);
            patterns.add(pattern);
        }));
        Map<String, Long> counts = new HashMap<>();
        entities.createNativeQuery(COUNT, Object[].class)
                .setParameter("names", names.toArray(String[]::new))
                .setParameter("patterns", patterns.toArray(String[]::new))
                .setParameter("tenant", tenantId)
                .getResultList()
                .forEach(row -> {
                    Object[] columns = (Object[]) row;
                    counts.put((String) columns[0], ((Number) columns[1]).longValue());
                });
        return counts;
    }

    @Override
    public long countOfTenant(String tenantId, String pattern) {
        return ((Number) entities.createNativeQuery(COUNT_PATTERN)
                        .setParameter("tenant", tenantId)
                        .setParameter("pattern", pattern)
                        .getSingleResult())
                .longValue();
    }
}
