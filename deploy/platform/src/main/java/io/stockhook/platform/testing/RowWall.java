package io.stockhook.platform.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/**
 * Row-level security of a service's tables, by the database's own catalog, so that no table is left out: each that has tenants' rows is
 * protected, its owner included, and a query without any condition shows one tenant's rows.
 */
public final class RowWall {

    private static final String TENANT = "tenant_id";
    private static final String TABLES = """
            select table_.relname, table_.relrowsecurity and table_.relforcerowsecurity,
                   exists (select from pg_attribute
                           where attrelid = table_.oid and attname = 'tenant_id' and not attisdropped)
            from pg_class table_
            where table_.relkind in ('r', 'p')
              and table_.relnamespace = current_schema()::regnamespace
            order by 1""";

    private final DataSource database;
    private final Map<String, String> ofAllTenants;

    /**
     * The wall of one database.
     *
     * @param database with connections of the service's own role
     * @param ofAllTenants the tables that hold no tenant's rows, each with the reason
     */
    public RowWall(DataSource database, Map<String, String> ofAllTenants) {
        this.database = database;
        this.ofAllTenants = Map.copyOf(ofAllTenants);
    }

    private record Table(String name, boolean isProtected, String tenantColumn) {}

    /** Tables that are not protected, and those that show or let go another tenant's rows. */
    public List<String> complaints(String tenant) throws SQLException {
        List<String> complaints = new ArrayList<>();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            for (Table table : tables(connection)) {
                if (table.tenantColumn().isEmpty()) {
                    if (!ofAllTenants.containsKey(table.name())) {
                        complaints.add(table.name() + " has no tenant_id, and nobody says why it needs none");
                    }
                    continue;
                }
                if (!table.isProtected()) {
                    complaints.add(table.name() + " has tenants' rows and no row-level security that is forced");
                }
                tenantsSeen(connection, table, "")
                        .forEach(
                                seen -> complaints.add("%s shows a row of %s to nobody".formatted(table.name(), seen)));
                tenantsSeen(connection, table, tenant).stream()
                        .filter(seen -> !seen.equals(bare(tenant)))
                        .forEach(seen ->
                                complaints.add("%s shows a row of %s to %s".formatted(table.name(), seen, tenant)));
            }
            connection.rollback();
        }
        return complaints;
    }

    /** The tables that show this tenant rows of its own. */
    public Set<String> tablesWithRowsOf(String tenant) throws SQLException {
        Set<String> names = new TreeSet<>();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            for (Table table : tables(connection)) {
                if (!table.tenantColumn().isEmpty()
                        && tenantsSeen(connection, table, tenant).contains(bare(tenant))) {
                    names.add(table.name());
                }
            }
            connection.rollback();
        }
        return names;
    }

    private static List<Table> tables(Connection connection) throws SQLException {
        List<Table> tables = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(TABLES);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                String name = row.getString(1);
                // A tenant's own row is known by its id.
                String column = name.equals("tenant") ? "id" : row.getBoolean(3) ? TENANT : "";
                tables.add(new Table(name, row.getBoolean(2), column));
            }
        }
        return tables;
    }

    /** A tenant's id without what some tables leave out: its prefix, and the dashes that a UUID is shown with. */
    private static String bare(String tenant) {
        return tenant.replace("ten_", "").replace("-", "");
    }

    /** Whose rows a query without a condition shows. */
    private static Set<String> tenantsSeen(Connection connection, Table table, String tenant) throws SQLException {
        try (PreparedStatement setting =
                connection.prepareStatement("select set_config('stockhook.tenant', ?, true)")) {
            setting.setString(1, tenant);
            setting.execute();
        }
        Set<String> seen = new TreeSet<>();
        String query = "select distinct \"%s\" from \"%s\"".formatted(table.tenantColumn(), table.name());
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                seen.add(bare(String.valueOf(row.getString(1))));
            }
        }
        return seen;
    }
}
