package io.stockhook.delivery.query;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.stockhook.web.problem.DatabaseFailure;
import io.stockhook.web.problem.Problems;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads the log in a transaction that sees the caller's tenant only. */
@Singleton
class LogReader {

    /** What is read in a transaction. */
    @FunctionalInterface
    interface Query<T> {
        T on(Connection connection) throws SQLException;
    }

    private static final Logger LOG = Logger.getLogger(LogReader.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private static final String QUERY_CANCELED = "57014";

    private final AgroalDataSource dataSource;

    LogReader(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What is read by statements of a transaction that is under way. */
    @FunctionalInterface
    interface Step<T> {
        T read() throws SQLException;
    }

    /**
     * What a step gives, or null if one of its statements takes longer than this; the transaction goes on either way, and later statements
     * of it may take as long as they like.
     */
    static <T> @Nullable T within(Connection connection, Duration limit, Step<T> step) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("savepoint bounded");
            statement.execute("set local statement_timeout = " + limit.toMillis());
            T result = null;
            try {
                result = step.read();
            } catch (SQLException e) {
                if (!QUERY_CANCELED.equals(e.getSQLState())) {
                    throw e;
                }
            }
            // Takes the setting back as well.
            statement.execute("rollback to savepoint bounded");
            return result;
        }
    }

    /**
     * What the query gives.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 503 while the log is away; deliveries go on without it
     */
    <T> T read(Query<T> query) {
        try {
            return QuarkusTransaction.requiringNew().call(() -> {
                try (Connection connection = dataSource.getConnection()) {
                    return query.on(connection);
                }
            });
        } catch (RuntimeException e) {
            Optional<DatabaseFailure> failure = DatabaseFailure.of(e);
            if (failure.isPresent() && failure.get() != DatabaseFailure.BAD_VALUE) {
                LOG.warnf("log of deliveries not readable: cause=%s", e.getMessage());
                throw Problems.unavailable("The log of deliveries cannot be read now; deliveries go on.", RETRY_AFTER);
            }
            throw e;
        }
    }
}
