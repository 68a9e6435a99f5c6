package io.stockhook.delivery.query;

import io.stockhook.events.Ids;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The conditions of a query and their parameters, the tenant's always first. Takes no text from outside but as parameter. */
public final class Conditions {

    private final StringBuilder sql = new StringBuilder("tenant_id = ?");
    private final List<Object> parameters = new ArrayList<>();

    /** The conditions that begin with the tenant's. */
    public Conditions(String tenantId) {
        parameters.add(Ids.uuid(Ids.Kind.TENANT, tenantId));
    }

    /** Adds a condition in SQL with the values of its parameters. */
    public Conditions and(String condition, Object... values) {
        sql.append(" and ").append(condition);
        parameters.addAll(List.of(values));
        return this;
    }

    /** Sets the parameters in their order. */
    public void bind(PreparedStatement statement) throws SQLException {
        bind(statement, 0);
    }

    /**
     * Sets the parameters after those that stand before them in the statement.
     *
     * @return how many there are up to the last of these
     */
    int bind(PreparedStatement statement, int before) throws SQLException {
        for (int index = 0; index < parameters.size(); index++) {
            statement.setObject(before + index + 1, parameters.get(index));
        }
        return before + parameters.size();
    }

    /** All of them in SQL, the tenant's first. */
    @Override
    public String toString() {
        return sql.toString();
    }
}
