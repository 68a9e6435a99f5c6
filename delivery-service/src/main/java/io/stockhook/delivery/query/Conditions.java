package io.stockhook.delivery.query;

import io.stockhook.events.Ids;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The conditions of a query and their parameters, the tenant's always first. Takes no text from outside but as parameter. */
final class Conditions {

    private final StringBuilder sql = new StringBuilder("tenant_id = ?");
    private final List<Object> parameters = new ArrayList<>();

    Conditions(String tenantId) {
        parameters.add(Ids.uuid(Ids.Kind.TENANT, tenantId));
    }

    Conditions and(String condition, Object... values) {
        sql.append(" and ").append(condition);
        parameters.addAll(List.of(values));
        return this;
    }

    /** Sets the parameters in their order. */
    void bind(PreparedStatement statement) throws SQLException {
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

    @Override
    public String toString() {
        return sql.toString();
    }
}
