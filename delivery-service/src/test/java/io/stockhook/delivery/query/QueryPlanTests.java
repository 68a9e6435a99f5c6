package io.stockhook.delivery.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stockhook.events.EventTypeNames;
import io.stockhook.events.Ids;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.web.paging.Page;
import io.stockhook.web.paging.PageQuery;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "delivery"))
class QueryPlanTests {

    private static final int ROWS = 60_000;
    private static final String TENANT = "ten_0198c5e27b0a7c3f9d2ab41c6f7e8d77";
    private static final String WEBHOOK = "wh_0198c5e27b0a7c3f9d2ab41c6f7e8d05";
    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);

    /** One in a hundred is dead or waits; ten webhooks, twenty types, two tenants. */
    private static final String FILL = """
            insert into delivery (last_attempt_at, run, attempt, attempts, duration_us, finality, response_code, delivery_id,
                tenant_id, endpoint_id, event_id, event_type, status, reason)
            select now(), 1, 1, 1, 1000, 2, case when i %% 100 < 1 then 500 else 200 end,
                (lpad(to_hex(%1$d + i), 12, '0') || '7' || left(md5(i::text), 3) || '8' || right(md5(i::text), 15))::uuid,
                ('0198c5e27b0a7c3f9d2ab41c6f7e8d7' || 7 + i %% 2)::uuid,
                ('0198c5e27b0a7c3f9d2ab41c6f7e8d0' || i / 2 %% 10)::uuid,
                'evt_' || i, 'type.number' || i / 2 %% 20,
                case when i %% 100 = 0 then (array['dead', 'retrying'])[1 + i / 100 %% 2] else 'delivered' end, 'any'
            from generate_series(1, %2$d) as i
            on conflict do nothing""";

    private static final String FILL_DEAD_LETTERS = """
            insert into dead_letter (dead_letter_id, dead_at, event_time, run, attempt, delivery_id, tenant_id, endpoint_id,
                event_id, event_type, subscribed_as, event_source, reason, payload)
            select delivery_id, now(), now(), i, 1, delivery_id, tenant_id, endpoint_id, event_id, event_type, event_type, '/',
                'any', ''
            from delivery, generate_series(1, 1) as i
            on conflict do nothing""";

    @Inject
    AgroalDataSource dataSource;

    private static boolean isFilled;

    private final ObjectMapper json = new ObjectMapper();

    @BeforeEach
    void fill() {
        if (isFilled) {
            return;
        }
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            inTransaction("*", connection -> {
                for (int day = -2; day <= 2; day++) {
                    execute(connection, "select create_log_day('" + TODAY.plusDays(day) + "')");
                }
                long midnight = TODAY.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
                execute(connection, FILL.formatted(midnight, ROWS));
                execute(connection, FILL_DEAD_LETTERS);
                return true;
            });
            // A plan rests on what is known of the rows, and the pages it reads on whether they are known to be
            // visible.
            try (Connection connection = dataSource.getConnection()) {
                execute(connection, "vacuum analyze delivery, dead_letter");
            }
            isFilled = true;
            return true;
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "webhook",
                "type",
                "webhook type",
                "2xx",
                "3xx",
                "4xx",
                "5xx",
                "none",
                "webhook 5xx",
                "type 5xx",
                "time",
                "webhook time",
                "status='delivered'",
                "status='dead'",
                "status='retrying'",
                "status='dropped'",
                "webhook status='dead'",
                "status in ('retrying', 'dead')",
                "type status in ('retrying', 'dead')"
            })
    void noListOfDeliveriesReadsAFilledPartitionFromEndToEnd(String filters) throws SQLException {
        // Given
        Conditions conditions = deliveries(filters);

        // When
        JsonNode plan = explain(DeliveryQueries.list(conditions, PageQuery.first(50)), conditions);

        // Then
        assertThat(fullScans(plan)).as(plan.toPrettyString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "webhook",
                "type",
                "5xx",
                "time",
                "status='dead'",
                "webhook status='dead'",
                "status in ('retrying', 'dead')"
            })
    void noCountOfDeliveriesReadsAFilledPartitionFromEndToEnd(String filters) throws SQLException {
        // Given
        Conditions conditions = deliveries(filters);

        // When
        JsonNode plan = explain(DeliveryCounts.count(conditions), conditions);

        // Then
        assertThat(fullScans(plan)).as(plan.toPrettyString()).isEmpty();
    }

    @Test
    void theLatestDeliveriesOfManyWebhooksAreReadAlongTheirIndex() throws SQLException {
        // Given
        String webhooks = IntStream.range(0, 10)
                .mapToObj("'0198c5e2-7b0a-7c3f-9d2a-b41c6f7e8d0%d'"::formatted)
                .collect(Collectors.joining(", ", "array[", "]"));
        String tenant = "'" + Ids.uuid(Ids.Kind.TENANT, TENANT) + "'";
        String sql =
                FiguresQueries.LATEST_DELIVERIES.replaceFirst("\\?", webhooks).replaceFirst("\\?", tenant);

        // When
        JsonNode plan = explain(sql, null);

        // Then
        assertThat(fullScans(plan)).as(plan.toPrettyString()).isEmpty();
        assertThat(pagesRead(plan)).as(plan.toPrettyString()).isLessThan(1_500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "webhook", "type", "time", "webhook time"})
    void noListOfDeadLettersReadsThemFromEndToEnd(String filters) throws SQLException {
        // Given
        Conditions conditions = new DeadLetterFilter(
                        filters.contains("webhook") ? WEBHOOK : null,
                        filters.contains("type") ? "type.number3" : null,
                        filters.contains("time") ? TODAY.toString() : null,
                        null)
                .conditions(TENANT, EventTypeNames.NONE);

        // When
        JsonNode plan = explain(DeadLetterQueries.list(conditions, PageQuery.first(50)), conditions);

        // Then
        assertThat(fullScans(plan)).as(plan.toPrettyString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "webhook", "type", "status in ('retrying', 'dead')"})
    void aLatePageCostsNoMoreThanTheFirst(String filters) throws SQLException {
        // Given
        Conditions first = deliveries(filters);
        Conditions late = deliveries(filters);
        PageQuery farDown = after(TODAY.atStartOfDay(ZoneOffset.UTC).toInstant().plusMillis(ROWS / 10));

        // When
        long pagesOfFirst = pagesRead(explain(DeliveryQueries.list(first, PageQuery.first(50)), first));
        JsonNode plan = explain(DeliveryQueries.list(late, farDown), late);

        // Then
        assertThat(pagesRead(plan)).as(plan.toPrettyString()).isLessThanOrEqualTo(2 * pagesOfFirst + 10);
    }

    @Test
    void aPageIsReadFromAsManyPartitionsAsItNeeds() throws SQLException {
        // Given
        Conditions conditions = deliveries("");

        // When
        JsonNode plan = explain(DeliveryQueries.list(conditions, PageQuery.first(50)), conditions);

        // Then
        assertThat(plan.findValuesAsText("Node Type")).contains("Append").doesNotContain("Merge Append", "Sort");
    }

    private static Conditions deliveries(String filters) {
        @Nullable String responseClass = null;
        for (String word : filters.split(" ")) {
            responseClass = word.matches("[2-5]xx|none") ? word : responseClass;
        }
        Conditions conditions = new DeliveryFilter(
                        filters.contains("webhook") ? WEBHOOK : null,
                        filters.contains("type") ? "type.number3" : null,
                        responseClass,
                        filters.contains("time") ? TODAY + "T00:00:10Z" : null,
                        filters.contains("time") ? TODAY + "T00:00:40Z" : null,
                        null)
                .conditions(TENANT, EventTypeNames.NONE);
        int status = filters.indexOf("status");
        return status < 0 ? conditions : conditions.and(filters.substring(status));
    }

    private static PageQuery after(Instant time) {
        UUID position = TimeRange.floor(time);
        String id = Ids.format(Ids.Kind.DELIVERY, position);
        Page<String> page = Page.of(List.of(id, id), PageQuery.first(1), row -> row);
        return new PageQuery("50", page.next(), null);
    }

    /** The plan that was taken, as the tenant's own transaction takes it. */
    private JsonNode explain(String sql, @Nullable Conditions conditions) throws SQLException {
        return inTransaction(TENANT, connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("explain (analyze, buffers, format json) " + sql)) {
                if (conditions != null) {
                    conditions.bind(statement);
                }
                try (ResultSet result = statement.executeQuery()) {
                    result.next();
                    return json.readTree(result.getString(1)).get(0).get("Plan");
                }
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** The filled tables that were read from end to end. */
    private static List<String> fullScans(JsonNode plan) {
        List<String> scans = new ArrayList<>();
        if (plan.path("Node Type").asText().endsWith("Seq Scan")) {
            String table = plan.path("Relation Name").asText();
            if (table.equals("dead_letter") || table.endsWith(TODAY.toString().replace("-", ""))) {
                scans.add(table);
            }
        }
        plan.path("Plans").forEach(child -> scans.addAll(fullScans(child)));
        return scans;
    }

    private static long pagesRead(JsonNode plan) {
        return plan.path("Shared Hit Blocks").asLong()
                + plan.path("Shared Read Blocks").asLong();
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T inTransaction(String tenant, Work<T> work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                execute(connection, "select set_config('stockhook.tenant', '" + tenant + "', true)");
                T result = work.on(connection);
                connection.commit();
                return result;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
