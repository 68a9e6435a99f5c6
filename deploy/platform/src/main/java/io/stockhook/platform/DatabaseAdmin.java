package io.stockhook.platform;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Makes roles and databases on any PostgreSQL server, as its superuser. Thread-safe: roles and databases are made one at
 * a time.
 */
public final class DatabaseAdmin {

    private final Database administration;

    /**
     * @param administration any database of the server, its JDBC URL of the form {@code jdbc:postgresql://host:port/name},
     *     and a role that may create roles and databases
     */
    public DatabaseAdmin(Database administration) {
        this.administration = administration;
    }

    /**
     * Makes sure that the role and its database exist and that the password is the one given. What exists already keeps its
     * data.
     *
     * @throws PlatformException if the server refuses
     */
    public synchronized Database ensure(String database, String role, String password) {
        try (Connection connection = DriverManager.getConnection(
                administration.jdbcUrl(), administration.username(), administration.password())) {
            String verb = exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role) ? "ALTER" : "CREATE";
            execute(
                    connection,
                    verb + " ROLE %s LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE PASSWORD %s",
                    identifier(connection, role),
                    literal(connection, password));
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", database)) {
                execute(
                        connection,
                        "CREATE DATABASE %s OWNER %s",
                        identifier(connection, database),
                        identifier(connection, role));
            }
        } catch (SQLException e) {
            throw new PlatformException(
                    "PostgreSQL refused to set up the database %s: %s.".formatted(database, e.getMessage()), e);
        }
        return new Database(urlOf(database), role, password);
    }

    private String urlOf(String database) {
        String url = administration.jdbcUrl();
        return url.substring(0, url.lastIndexOf('/') + 1) + database;
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        }
    }

    /** DDL takes no parameters, so its quoted parts are set into the text. */
    private static void execute(Connection connection, String template, String... quoted) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(template.formatted((Object[]) quoted));
        }
    }

    private static String identifier(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.enquoteIdentifier(name, true);
        }
    }

    private static String literal(Connection connection, String value) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.enquoteLiteral(value);
        }
    }
}
