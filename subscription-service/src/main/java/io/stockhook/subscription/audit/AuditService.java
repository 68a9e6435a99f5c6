package io.stockhook.subscription.audit;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.stockhook.subscription.audit.AuditChain.Anchor;
import io.stockhook.subscription.audit.AuditChain.Break;
import io.stockhook.subscription.audit.AuditVerification.BrokenLink;
import io.stockhook.subscription.audit.AuditVerification.ChainHead;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads and verifies the trail, a page at a time, each in a transaction of its own: entries do not change in between. */
@ApplicationScoped
class AuditService {

    private static final int PAGE = 500;
    private static final int MAX_BROKEN = 100;

    private final AgroalDataSource dataSource;

    AuditService(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    private interface Query<T> {
        T run(Connection connection) throws SQLException;
    }

    /** @param beforeId the entry before which to go on; null for the newest */
    List<ChainedEntry> list(AuditFilter filter, @Nullable Long beforeId, int limit) {
        return read(filter.tenantId(), connection -> AuditTable.list(connection, filter, beforeId, limit));
    }

    /** All entries that satisfy the filters, newest first, in bounded memory. */
    void export(AuditFilter filter, Consumer<ChainedEntry> each) {
        List<ChainedEntry> page = list(filter, null, PAGE);
        while (!page.isEmpty()) {
            page.forEach(each);
            page = page.size() < PAGE
                    ? List.of()
                    : list(filter, page.get(page.size() - 1).id(), PAGE);
        }
    }

    /** @param tenantId whose chain; empty for everybody's */
    AuditVerification verify(Optional<String> tenantId, @Nullable ChainHead remembered) {
        var sum = new Sum();
        if (tenantId.isPresent()) {
            verify(tenantId.get(), remembered, sum);
            return sum.verification(true);
        }
        List<String> tenants = tenants("");
        while (!tenants.isEmpty()) {
            tenants.forEach(tenant -> verify(tenant, null, sum));
            tenants = tenants(tenants.get(tenants.size() - 1));
        }
        return sum.verification(false);
    }

    private void verify(String tenantId, @Nullable ChainHead remembered, Sum sum) {
        var chain = new AuditChain(remembered == null ? null : new Anchor(remembered.seq(), remembered.hash()));
        Optional<Break> broken = Optional.empty();
        List<ChainedEntry> page = chain(tenantId, 0);
        while (!page.isEmpty() && broken.isEmpty()) {
            for (ChainedEntry entry : page) {
                broken = chain.next(entry);
                if (broken.isPresent()) {
                    break;
                }
            }
            page = page.size() < PAGE
                    ? List.of()
                    : chain(tenantId, page.get(page.size() - 1).seq());
        }
        sum.add(tenantId, chain, broken.or(chain::end));
    }

    private List<ChainedEntry> chain(String tenantId, long afterSeq) {
        return read(Optional.of(tenantId), connection -> AuditTable.chain(connection, tenantId, afterSeq, PAGE));
    }

    private List<String> tenants(String after) {
        return read(Optional.empty(), connection -> AuditTable.tenants(connection, after, PAGE));
    }

    private <T> T read(Optional<String> tenantId, Query<T> query) {
        return tenantId.isPresent()
                ? TenantScope.as(tenantId.get(), () -> inTransaction(query))
                : TenantScope.asSystem(() -> inTransaction(query));
    }

    private <T> T inTransaction(Query<T> query) {
        return QuarkusTransaction.requiringNew().call(() -> {
            try (Connection connection = dataSource.getConnection()) {
                return query.run(connection);
            }
        });
    }

    private static final class Sum {

        private final List<BrokenLink> broken = new ArrayList<>();
        private int chains;
        private boolean isValid = true;
        private long entries;
        private @Nullable ChainHead head;

        void add(String tenantId, AuditChain chain, Optional<Break> failure) {
            chains++;
            entries += chain.length();
            head = chain.length() == 0 ? null : new ChainHead(chain.length(), chain.head());
            failure.ifPresent(found -> {
                isValid = false;
                head = null;
                if (broken.size() < MAX_BROKEN) {
                    broken.add(new BrokenLink(tenantId, found.seq(), found.reason()));
                }
            });
        }

        AuditVerification verification(boolean isSingle) {
            return new AuditVerification(isValid, chains, entries, List.copyOf(broken), isSingle ? head : null);
        }
    }
}
