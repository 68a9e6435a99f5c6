package io.stockhook.delivery.query;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.stockhook.web.problem.DatabaseFailure;
import io.stockhook.web.problem.Problems;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

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

    private final AgroalDataSource dataSource;

    LogReader(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
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
