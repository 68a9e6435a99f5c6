package io.stockhook.web.problem;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a failure of the database means to a caller, by its SQLSTATE (PostgreSQL, appendix A). */
public enum DatabaseFailure {
    /** It cannot be reached, is starting or stopping, or has no connection to give: another try may succeed. */
    AWAY,
    /** It cannot take a value: one that the request holds. */
    BAD_VALUE,
    /** Anything else: the service's own mistake, as a rule. */
    OTHER;

    /** Connection exception, insufficient resources, operator intervention. */
    private static final Set<String> CLASSES_AWAY = Set.of("08", "53", "57");

    private static final String CLASS_DATA = "22";

    /** What the failure is, if the database is behind it; empty if it is not. */
    public static Optional<DatabaseFailure> of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Optional.of(ofState(sql.getSQLState()));
            }
        }
        return Optional.empty();
    }

    /** Without a state it comes from the connection pool, which had none to give in time. */
    private static DatabaseFailure ofState(@Nullable String state) {
        String sqlClass = state == null || state.length() < 2 ? "08" : state.substring(0, 2);
        if (CLASSES_AWAY.contains(sqlClass)) {
            return AWAY;
        }
        return sqlClass.equals(CLASS_DATA) ? BAD_VALUE : OTHER;
    }
}
