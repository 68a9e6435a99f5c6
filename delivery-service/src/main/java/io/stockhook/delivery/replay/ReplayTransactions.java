package io.stockhook.delivery.replay;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;

/** Transactions on the database of the log. What a transaction sends to the broker is acknowledged before it is committed. */
@Singleton
class ReplayTransactions {

    /** What is done in a transaction. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private final AgroalDataSource dataSource;

    ReplayTransactions(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Does the work with sight of this tenant's rows only. */
    <T> T ofTenant(String tenantId, Work<T> work) {
        return TenantScope.as(tenantId, () -> run(work));
    }

    /** Does the work with sight of every tenant's rows. */
    <T> T ofSystem(Work<T> work) {
        return TenantScope.asSystem(() -> run(work));
    }

    private <T> T run(Work<T> work) {
        return QuarkusTransaction.requiringNew().call(() -> {
            try (Connection connection = dataSource.getConnection()) {
                return work.on(connection);
            }
        });
    }
}
