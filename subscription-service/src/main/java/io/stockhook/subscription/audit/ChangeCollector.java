package io.stockhook.subscription.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.arc.Arc;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import io.stockhook.events.MicroClock;
import io.stockhook.subscription.tenant.TenantService;
import jakarta.enterprise.context.Dependent;
import jakarta.persistence.Entity;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hibernate.Interceptor;
import org.hibernate.Transaction;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

/**
 * Sees every row that a session makes, changes and deletes, and appends to the trail in the transaction that does it: no change without
 * its entry, and no feature that has to think of it. One for each session.
 */
@Dependent
@PersistenceUnitExtension
public class ChangeCollector implements Interceptor {

    private final transient AuditTrail trail;
    private final transient ObjectMapper json;
    private final transient Map<String, Change> changes = new LinkedHashMap<>();

    ChangeCollector(AuditTrail trail, ObjectMapper json) {
        this.trail = trail;
        this.json = json;
    }

    /**
     * What became of a row within the transaction.
     *
     * @param before null if it was made
     * @param after null if it was deleted
     */
    private record Change(
            String kind,
            String id,
            String tenantId,
            @Nullable ObjectNode before,
            @Nullable ObjectNode after) {}

    @Override
    public boolean onPersist(Object entity, Object id, Object[] state, String[] names, Type[] types) {
        collect(entity, id, null, AuditedState.of(names, state, json));
        return false;
    }

    @Override
    public boolean onFlushDirty(
            Object entity, Object id, Object[] state, Object[] previous, String[] names, Type[] types) {
        if (previous != null) {
            collect(entity, id, AuditedState.of(names, previous, json), AuditedState.of(names, state, json));
        }
        return false;
    }

    @Override
    public void onRemove(Object entity, Object id, Object[] state, String[] names, Type[] types) {
        collect(entity, id, AuditedState.of(names, state, json), null);
    }

    private void collect(Object entity, Object id, @Nullable ObjectNode before, @Nullable ObjectNode after) {
        Class<?> type = entityClass(entity.getClass());
        if (type.isAnnotationPresent(Unaudited.class)) {
            return;
        }
        String kind = AuditedState.snakeCase(type.getSimpleName());
        String tenant = tenantOf(
                kind,
                String.valueOf(id),
                Objects.requireNonNullElseGet(after, () -> before == null ? json.createObjectNode() : before));
        changes.merge(
                kind + ' ' + id,
                new Change(kind, String.valueOf(id), tenant, before, after),
                // Of several changes of a row the first knows what was before, and the last what came of it.
                (first, last) -> new Change(first.kind(), first.id(), first.tenantId(), first.before(), last.after()));
    }

    /** A proxy's class is one below the entity's own. */
    private static Class<?> entityClass(Class<?> type) {
        return type.isAnnotationPresent(Entity.class) || type.getSuperclass() == null ? type : type.getSuperclass();
    }

    private static String tenantOf(String kind, String id, ObjectNode state) {
        if (kind.equals("tenant")) {
            return id;
        }
        return state.path("tenant_id").asText(TenantService.PLATFORM);
    }

    @Override
    public void beforeTransactionCompletion(Transaction transaction) {
        if (changes.isEmpty()) {
            return;
        }
        var origin = AuditedRequest.origin();
        Instant now = MicroClock.now();
        List<AuditEntry> entries = changes.values().stream()
                .filter(change -> change.before() != null || change.after() != null)
                .filter(change -> origin.operation() != null || shows(change))
                .map(change -> entry(change, origin, now))
                .toList();
        changes.clear();
        if (entries.isEmpty()) {
            return;
        }
        trail.append(entries);
        if (origin.operation() != null) {
            Arc.container().instance(AuditedRequest.class).get().recorded();
        }
    }

    /** A secret that is only sealed anew is no change to anybody. */
    private static boolean shows(Change change) {
        return !Objects.equals(AuditedState.text(change.before()), AuditedState.text(change.after()));
    }

    private AuditEntry entry(Change change, AuditedRequest.Origin origin, Instant now) {
        ObjectNode before = change.before();
        ObjectNode after = change.after();
        String verb = before == null ? "create" : after == null ? "delete" : "update";
        if (before != null && after != null) {
            ObjectNode whole = before;
            before = AuditedState.different(whole, after, json);
            after = AuditedState.different(after, whole, json);
        }
        return new AuditEntry(
                change.tenantId(),
                now,
                origin.actor(),
                origin.role(),
                origin.remoteAddress(),
                origin.traceId(),
                change.kind() + '.' + Objects.requireNonNullElse(origin.operation(), verb),
                change.id(),
                AuditedState.text(before),
                AuditedState.text(after),
                null,
                1);
    }
}
