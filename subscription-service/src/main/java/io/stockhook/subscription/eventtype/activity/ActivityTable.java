package io.stockhook.subscription.eventtype.activity;

import io.stockhook.subscription.eventtype.catalog.Catalog;
import io.stockhook.subscription.eventtype.catalog.PlatformType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The table {@code event_type_activity}: of types that a tenant has and no others, so that what is published cannot make it grow. */
@ApplicationScoped
class ActivityTable {

    /** Sorted, so that two instances that write at once take their locks in one order. */
    private static final String WRITE = """
            insert into event_type_activity (tenant_id, name, last_triggered)
            select seen.tenant_id, seen.name, timestamptz 'epoch' + seen.at * interval '1 millisecond'
            from unnest(cast(:tenants as text[]), cast(:names as text[]), cast(:times as bigint[])) as seen (tenant_id, name, at)
            where exists (select 1 from tenant where tenant.id = seen.tenant_id)
                and (seen.name = any (cast(:platform as text[]))
                    or exists (select 1 from event_type type where type.tenant_id = seen.tenant_id and type.name = seen.name))
            order by seen.tenant_id, seen.name
            on conflict (tenant_id, name) do update set last_triggered = excluded.last_triggered
            where excluded.last_triggered > event_type_activity.last_triggered""";

    private final EntityManager entities;
    private final Catalog catalog;

    ActivityTable(EntityManager entities, Catalog catalog) {
        this.entities = entities;
        this.catalog = catalog;
    }

    @Transactional
    void write(Map<RecentActivity.Key, Long> latest) {
        List<Map.Entry<RecentActivity.Key, Long>> rows = latest.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(
                        Comparator.comparing(RecentActivity.Key::tenantId).thenComparing(RecentActivity.Key::type)))
                .toList();
        entities.createNativeQuery(WRITE)
                .setParameter(
                        "tenants",
                        rows.stream().map(row -> row.getKey().tenantId()).toArray(String[]::new))
                .setParameter(
                        "names", rows.stream().map(row -> row.getKey().type()).toArray(String[]::new))
                .setParameter("times", rows.stream().map(Map.Entry::getValue).toArray(Long[]::new))
                .setParameter(
                        "platform",
                        catalog.types().stream().map(PlatformType::name).toArray(String[]::new))
                .executeUpdate();
    }
}
