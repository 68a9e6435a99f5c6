package io.stockhook.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTests {

    private final Path directory;
    private final int port = Ports.free();
    private final PostgresServer server;

    PostgresServerTests(@TempDir Path directory) {
        this.directory = directory;
        server = new PostgresServer(directory, port, PostgresServer.Durability.PROCESS);
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.kill();
    }

    @Test
    void committedRowsSurviveAKillAndARestart() throws SQLException {
        // Given
        Database inventory = server.database("inventory");
        execute(inventory, "CREATE TABLE product (name text)");
        execute(inventory, "INSERT INTO product VALUES ('before the kill')");

        // When
        server.kill();
        server.start();
        execute(inventory, "INSERT INTO product VALUES ('after the kill')");
        server.restart();

        // Then
        assertThat(query(inventory, "SELECT string_agg(name, ', ') FROM product"))
                .isEqualTo("before the kill, after the kill");
    }

    @Test
    void aServerThatWasLeftBehindIsStoppedByTheNextOneOnItsData() {
        // Given
        PostgresServer next = new PostgresServer(directory, port, PostgresServer.Durability.PROCESS);

        // When
        next.stopLeftover();

        // Then
        assertThat(Ports.isFree(port)).isTrue();
    }

    @Test
    void aServiceOwnsItsDatabaseWithoutBeingASuperuser() throws SQLException {
        // When
        Database inventory = server.database("inventory");

        // Then
        assertThat(query(inventory, "SELECT current_database() || ' ' || current_user"))
                .isEqualTo("inventory inventory");
        assertThat(query(
                        inventory,
                        "SELECT (rolsuper OR rolbypassrls)::text FROM pg_roles WHERE rolname = current_user"))
                .isEqualTo("false");
    }

    @Test
    void nobodyGetsInWithoutThePassword() {
        // Given
        Database inventory = server.database("inventory");
        Database wrong = new Database(inventory.jdbcUrl(), inventory.username(), "guessed");

        // When, Then
        assertThatThrownBy(() -> query(wrong, "SELECT 'in'")).hasMessageContaining("password authentication failed");
    }

    private static void execute(Database database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(Database database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private static Connection connect(Database database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
    }
}
