package io.stockhook.delivery.record;

import static io.stockhook.delivery.testing.AttemptBuilder.attemptOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stockhook.delivery.testing.AttemptBuilder;
import io.stockhook.delivery.testing.Topic;
import io.stockhook.events.EventEnvelope;
import io.stockhook.events.Ids;
import io.stockhook.events.Json;
import io.stockhook.events.TenantRecord;
import io.stockhook.events.Topics;
import io.stockhook.events.delivery.DeadLetter;
import io.stockhook.events.delivery.DeliveryAttempt.Next;
import io.stockhook.events.delivery.DeliveryTask;
import io.stockhook.platform.testing.PlatformTestResource;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "delivery"))
class TenantPurgeTests {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(10));
    private static final List<String> TABLES = List.of("delivery", "attempt", "event", "dead_letter");

    @Inject
    LogTransactions transactions;

    @Inject
    TenantRetentions retentions;

    @Inject
    TenantPurge purge;

    private final String tenant = Ids.next(Ids.Kind.TENANT);
    private final String other = Ids.next(Ids.Kind.TENANT);
    private Topic topic;

    @BeforeEach
    void open() {
        topic = new Topic();
    }

    @AfterEach
    void close() {
        topic.close();
    }

    @Test
    void whatATenantDoesNotKeepIsDeletedAndNothingElse() throws SQLException {
        // Given
        keep(tenant, 5);
        record(tenant, LONG_AGO);
        record(tenant, NOW);
        record(other, LONG_AGO);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(counts(tenant)).containsExactly(2L, 2L, 2L, 2L);
            assertThat(counts(other)).containsExactly(1L, 1L, 1L, 1L);
        });

        // When
        purge.purge(NOW);

        // Then
        assertThat(counts(tenant)).containsExactly(1L, 1L, 1L, 1L);
        assertThat(counts(other)).containsExactly(1L, 1L, 1L, 1L);
    }

    @Test
    void whatIsTriedAgainIsKeptUntilItHasEnded() throws SQLException {
        // Given
        keep(tenant, 1);
        topic.attempts(
                attemptOf(tenant).eventTime(LONG_AGO).outcome(500, Next.RETRY).build());
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(count("delivery", tenant)).isEqualTo(1));

        // When
        purge.purge(NOW);

        // Then
        assertThat(count("delivery", tenant)).isEqualTo(1);
    }

    @Test
    void aTenantThatNoLongerSaysForHowLongKeepsAll() throws SQLException {
        // Given
        keep(tenant, 1);
        topic.attempts(attemptOf(tenant).eventTime(LONG_AGO).build());
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(count("delivery", tenant)).isEqualTo(1));
        keep(tenant, null);

        // When
        purge.purge(NOW);

        // Then
        assertThat(count("delivery", tenant)).isEqualTo(1);
    }

    private void keep(String tenantId, @Nullable Integer days) {
        TenantRecord entry = new TenantRecord(tenantId, "A tenant", true, null, days, null);
        topic.raw(new ProducerRecord<>(
                Topics.TENANTS, TenantRecord.key(tenantId).getBytes(StandardCharsets.UTF_8), Json.write(entry)));
        await().atMost(SOON)
                .until(() -> retentions.days().containsKey(Ids.uuid(Ids.Kind.TENANT, tenantId)) == (days != null));
    }

    /** A dead delivery with all that the log has of it. */
    private void record(String tenantId, Instant time) {
        EventEnvelope event = new EventEnvelope(
                Ids.next(Ids.Kind.EVENT),
                "product.updated",
                "/inventory",
                "prd_1",
                time,
                tenantId,
                null,
                null,
                null,
                "{}".getBytes(StandardCharsets.UTF_8));
        AttemptBuilder attempt =
                attemptOf(tenantId).event(event.id(), event.type(), time).outcome(500, Next.DEAD);
        topic.event(Topics.INVENTORY_EVENTS, event);
        topic.attempts(attempt.build());
        topic.deadLetter(
                DeliveryTask.first(event, attempt.build().endpointId(), event.type(), time),
                new DeadLetter("retries_exhausted", null, time, null));
    }

    private List<Long> counts(String tenantId) throws SQLException {
        long[] counts = new long[TABLES.size()];
        for (int table = 0; table < counts.length; table++) {
            counts[table] = count(TABLES.get(table), tenantId);
        }
        return java.util.Arrays.stream(counts).boxed().toList();
    }

    private long count(String table, String tenantId) throws SQLException {
        long[] count = new long[1];
        transactions.run(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("select count(*) from " + table + " where tenant_id = ?")) {
                statement.setObject(1, Ids.uuid(Ids.Kind.TENANT, tenantId));
                try (ResultSet result = statement.executeQuery()) {
                    result.next();
                    count[0] = result.getLong(1);
                }
            }
        });
        return count[0];
    }
}
