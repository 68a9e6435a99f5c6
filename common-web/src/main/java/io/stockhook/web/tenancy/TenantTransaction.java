package io.stockhook.web.tenancy;

import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.Arc;
import io.stockhook.web.auth.Caller;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Tells PostgreSQL at the beginning of every transaction whose rows it may see: those of the {@link TenantScope}, or else of
 * the {@link Caller}. The row-level policies compare with it; where nothing is said they show nothing.
 *
 * <p>The setting is local to the transaction, so it cannot be seen by the next one on a pooled connection. Outside a
 * transaction nothing is set, and a tenant's table is empty.
 */
@Singleton
class TenantTransaction {

    private static final Logger LOG = Logger.getLogger(TenantTransaction.class);
    private static final String SET_LOCAL = "select set_config('stockhook.tenant', ?, true)";

    private final AgroalDataSource dataSource;
    private final TransactionManager transactions;
    private final Caller caller;

    TenantTransaction(AgroalDataSource dataSource, TransactionManager transactions, Caller caller) {
        this.dataSource = dataSource;
        this.transactions = transactions;
        this.caller = caller;
    }

    void begun(@Observes @Initialized(TransactionScoped.class) Object transaction) throws SystemException {
        Optional<String> tenant = TenantScope.current().or(this::callersTenant);
        if (tenant.isEmpty()) {
            return;
        }
        // The pool hands out the connection that is enlisted in the transaction; closing it is the transaction's to do.
        try (Connection connection = dataSource.getConnection();
                var statement = connection.prepareStatement(SET_LOCAL)) {
            statement.setString(1, tenant.get());
            statement.execute();
        } catch (SQLException e) {
            // To throw from here would leave the transaction on the thread. The work itself will meet the same error.
            LOG.debugf(e, "tenant of the transaction not set");
            transactions.setRollbackOnly();
        }
    }

    private Optional<String> callersTenant() {
        if (!Arc.container().requestContext().isActive()) {
            return Optional.empty();
        }
        try {
            return caller.tenant();
        } catch (RuntimeException e) {
            // An open endpoint, called with a token that proves nothing. To throw would leave the transaction on the
            // thread.
            LOG.debugf(e, "caller of the transaction not authenticated");
            return Optional.empty();
        }
    }
}
