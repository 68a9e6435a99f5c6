package io.stockhook.delivery.record;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Tells a database that refuses what it is given from one that cannot take anything now. */
final class DataRefusal {

    /** SQLSTATE class 22, data exception: a value that the column's type does not hold. */
    private static final String DATA_EXCEPTION = "22";
    /** SQLSTATE class 23, integrity constraint violation: a row that the table does not take. */
    private static final String INTEGRITY_CONSTRAINT_VIOLATION = "23";
    /** SQLSTATE class 54, program limit exceeded: a key too long for its index, for example. */
    private static final String PROGRAM_LIMIT_EXCEEDED = "54";

    private DataRefusal() {}

    /** Whether trying the same rows again would end the same way. Anything else may pass: it is tried again. */
    static boolean isCauseOf(SQLException failure) {
        @Nullable String state = failure.getSQLState();
        return state != null
                && (state.startsWith(DATA_EXCEPTION)
                        || state.startsWith(INTEGRITY_CONSTRAINT_VIOLATION)
                        || state.startsWith(PROGRAM_LIMIT_EXCEEDED));
    }
}
