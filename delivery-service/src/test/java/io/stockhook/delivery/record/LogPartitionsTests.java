package io.stockhook.delivery.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stockhook.platform.testing.PlatformTestResource;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "delivery"))
class LogPartitionsTests {

    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);
    private static final List<String> PARTITIONED =
            List.of("attempt", "delivery", "error_hour", "event", "statistics_hour");

    @Inject
    LogTransactions transactions;

    @Inject
    LogPartitions partitions;

    @Inject
    LogSchema schema;

    @BeforeEach
    void awaitSchema() {
        await().atMost(Duration.ofSeconds(20)).until(schema::isReady);
    }

    @Test
    void theDaysToComeArePreparedAndThosePastTheRetentionDropped() throws SQLException {
        // Given
        LocalDate past = TODAY.minusDays(31);
        partitions.ensure(List.of(past, TODAY.minusDays(30)));
        assertThat(of(past)).hasSameElementsAs(PARTITIONED);

        // When
        partitions.maintain();

        // Then
        assertThat(of(past)).isEmpty();
        assertThat(of(TODAY.minusDays(30))).hasSameElementsAs(PARTITIONED);
        assertThat(of(TODAY.plusDays(7))).hasSameElementsAs(PARTITIONED);
    }

    /** The tables that have a partition of this day. */
    private List<String> of(LocalDate day) throws SQLException {
        String suffix = day.format(DateTimeFormatter.ofPattern("'_'yyyyMMdd"));
        List<String> tables = new ArrayList<>();
        transactions.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("select to_regclass(? || ?) is not null")) {
                for (String table : PARTITIONED) {
                    statement.setString(1, table);
                    statement.setString(2, suffix);
                    try (ResultSet row = statement.executeQuery()) {
                        if (row.next() && row.getBoolean(1)) {
                            tables.add(table);
                        }
                    }
                }
            }
        });
        return tables;
    }
}
