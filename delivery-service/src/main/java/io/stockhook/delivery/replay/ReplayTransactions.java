package io.stockhook.delivery.replay;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.stockhook.web.problem.Problems;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Transactions on the database of the log. What a transaction sends to the broker is acknowledged before it is committed; so that a broker
 * which is away does not keep all connections from those who only read, few of them run at once. Thread-safe.
 */
@Singleton
class ReplayTransactions {

    /** What is done in a transaction. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private static final int MOST_AT_ONCE = 4;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final AgroalDataSource dataSource;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE, true);

    ReplayTransactions(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Does the work with sight of this tenant's rows only.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 503 if too much of it is being done already
     */
    <T> T ofTenant(String tenantId, Work<T> work) {
        return TenantScope.as(tenantId, () -> run(work));
    }

    /** Does the work with sight of every tenant's rows. */
    <T> T ofSystem(Work<T> work) {
        return TenantScope.asSystem(() -> run(work));
    }

    private <T> T run(Work<T> work) {
        takePlace();
        try {
            return QuarkusTransaction.requiringNew().call(() -> {
                try (Connection connection = dataSource.getConnection()) {
                    return work.on(connection);
                }
            });
        } finally {
            places.release();
        }
    }

    private void takePlace() {
        try {
            if (places.tryAcquire(RETRY_AFTER.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw Problems.unavailable("Too much of this kind is being done now; ask again.", RETRY_AFTER);
    }
}
