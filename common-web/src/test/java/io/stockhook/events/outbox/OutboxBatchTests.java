package io.stockhook.events.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.platform.Database;
import io.stockhook.platform.testing.TestPlatform;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** Here and not beside the table's class, because here is its migration. */
class OutboxBatchTests {

    @Test
    void aBatchEndsByNumberOrBySizeAndIsNeverEmpty() throws Exception {
        Database database = TestPlatform.freshDatabase("outbox");
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.username(), database.password())
                .locations("classpath:db/common")
                .load()
                .migrate();
        try (Connection connection =
                DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password())) {
            // Given
            for (int record = 0; record < 5; record++) {
                OutboxTable.append(connection, OutboxRecord.state("topic", "key" + record, new byte[1_000]));
            }
            OutboxTable.append(connection, OutboxRecord.tombstone("topic", "key5"));

            // When, Then
            assertThat(keys(connection, 100, 1_000_000)).hasSize(6);
            assertThat(keys(connection, 2, 1_000_000)).containsExactly("key0", "key1");
            assertThat(keys(connection, 100, 2_500)).containsExactly("key0", "key1", "key2");
            assertThat(keys(connection, 100, 1)).containsExactly("key0");
        }
    }

    private static List<String> keys(Connection connection, int limit, int bytes) throws Exception {
        return OutboxTable.oldest(connection, limit, bytes).stream()
                .map(row -> row.content().key())
                .toList();
    }
}
