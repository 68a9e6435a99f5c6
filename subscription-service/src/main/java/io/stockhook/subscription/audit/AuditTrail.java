package io.stockhook.subscription.audit;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.stockhook.events.MicroClock;
import io.stockhook.subscription.tenant.TenantService;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Appends to the chains. */
@ApplicationScoped
class AuditTrail {

    private final AgroalDataSource dataSource;
    private final AuditedRequest current;

    AuditTrail(AgroalDataSource dataSource, AuditedRequest current) {
        this.dataSource = dataSource;
        this.current = current;
    }

    /** Appends in the transaction of the thread, at its end, because others of the same chain wait from here until its commit. */
    void append(List<AuditEntry> entries) {
        // In one order, so that two transactions that write to two chains never wait for each other.
        Map<String, List<AuditEntry>> chains = new TreeMap<>();
        entries.forEach(entry -> chains.computeIfAbsent(entry.tenantId(), unused -> new ArrayList<>())
                .add(entry));
        try (Connection connection = dataSource.getConnection()) {
            for (var chain : chains.entrySet()) {
                AuditTable.append(connection, chain.getKey(), chain.getValue());
            }
        } catch (SQLException e) {
            throw new IllegalStateException("audit entries not written", e);
        }
    }

    /** Appends in a transaction of its own. */
    void appendAlone(List<AuditEntry> entries) {
        if (!entries.isEmpty()) {
            TenantScope.asSystem(() -> QuarkusTransaction.requiringNew().run(() -> append(entries)));
        }
    }

    /** Appends what the current request did, which has changed no row. */
    void recordRequest(String action, @Nullable String target) {
        var origin = AuditedRequest.origin();
        appendAlone(List.of(new AuditEntry(
                Objects.requireNonNullElse(origin.tenantId(), TenantService.PLATFORM),
                MicroClock.now(),
                origin.actor(),
                origin.role(),
                origin.remoteAddress(),
                origin.traceId(),
                action,
                target,
                null,
                null,
                null,
                1)));
        current.recorded();
    }
}
