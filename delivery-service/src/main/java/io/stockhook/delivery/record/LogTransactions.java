package io.stockhook.delivery.record;

import io.agroal.api.AgroalDataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The recorder's own transactions, which see the rows of every tenant. Thread-safe. */
@Singleton
class LogTransactions {

    /** What is done in a transaction. */
    @FunctionalInterface
    interface Work {
        void on(Connection connection) throws SQLException;
    }

    private final AgroalDataSource dataSource;

    LogTransactions(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Does the work and commits it.
     *
     * @throws SQLException if the database is away or refuses; then nothing is known to be written
     */
    void run(Work work) throws SQLException {
        run(Connection.TRANSACTION_READ_COMMITTED, work);
    }

    /** The same, where all that is read is of one moment (repeatable read). */
    void runInSnapshot(Work work) throws SQLException {
        run(Connection.TRANSACTION_REPEATABLE_READ, work);
    }

    private void run(int isolation, Work work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            int usual = connection.getTransactionIsolation();
            if (isolation != usual) {
                connection.setTransactionIsolation(isolation);
            }
            connection.setAutoCommit(false);
            try {
                seeAllTenants(connection);
                work.on(connection);
                connection.commit();
            } finally {
                // What has been committed is not touched by this; anything else must not go back to the pool.
                connection.rollback();
                connection.setAutoCommit(true);
                if (isolation != usual) {
                    connection.setTransactionIsolation(usual);
                }
            }
        }
    }

    private static void seeAllTenants(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select set_config('stockhook.tenant', '*', true)")) {
            statement.execute();
        }
    }
}
