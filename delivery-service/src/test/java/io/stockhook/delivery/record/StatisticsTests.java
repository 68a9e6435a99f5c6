package io.stockhook.delivery.record;

import static io.restassured.RestAssured.given;
import static io.stockhook.delivery.testing.AttemptBuilder.attemptOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.stockhook.delivery.testing.AttemptBuilder;
import io.stockhook.events.Ids;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.events.delivery.DeliveryAttempt.Next;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.TestTokens;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "delivery"))
class StatisticsTests {

    private static final String STATS = "/api/v1/deliveries/stats";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Instant TODAY =
            LocalDate.now(ZoneOffset.UTC).atStartOfDay(ZoneOffset.UTC).toInstant();
    /** A day that is over and can be summed up. */
    private static final Instant THEN = TODAY.minus(3, ChronoUnit.DAYS).plus(10, ChronoUnit.HOURS);

    @Inject
    LogTransactions transactions;

    @Inject
    LogPartitions partitions;

    @Inject
    LogSchema schema;

    @Inject
    StatisticsRollup rollup;

    private final AttemptTable table = new AttemptTable();
    private final String tenant = Ids.next(Ids.Kind.TENANT);
    private final String webhook = Ids.next(Ids.Kind.WEBHOOK);

    @BeforeEach
    void awaitSchema() {
        await().atMost(SOON).until(schema::isReady);
    }

    @Test
    void deliveriesCountUnderTheStateTheyAreIn() throws SQLException {
        // Given
        AttemptBuilder recovered = at(THEN).outcome(500, Next.RETRY).duration(Duration.ofMillis(400));
        AttemptBuilder waiting = at(THEN).outcome(0, Next.RETRY).errorClass("timeout");
        AttemptBuilder dead = at(THEN).outcome(500, Next.DEAD).eventType("order.created");
        List<DeliveryAttempt> attempts = new ArrayList<>(List.of(recovered.build(), waiting.build(), dead.build()));
        attempts.add(recovered
                .number(1, 2)
                .outcome(200, Next.DELIVERED)
                .duration(Duration.ofMillis(200))
                .build());
        attempts.add(at(THEN.plus(1, ChronoUnit.HOURS))
                .duration(Duration.ofMillis(60))
                .build());

        // When
        write(attempts);

        // Then
        stats("group_by=hour&start_date=" + THEN + "&end_date=" + THEN.plus(3, ChronoUnit.HOURS))
                .body("summary.total_events", equalTo(4))
                .body("summary.successful_deliveries", equalTo(2))
                .body("summary.failed_deliveries", equalTo(1))
                .body("summary.pending_retry", equalTo(1))
                .body("summary.total_retries", equalTo(1))
                .body("summary.success_rate", equalTo(66.7f))
                .body("summary.avg_response_time", equalTo(176))
                .body("summary.p99_response_time", allOf(greaterThan(350), lessThanOrEqualTo(400)))
                .body("summary.uptime", equalTo(100f))
                .body("events_by_type.event", contains("product.updated", "order.created"))
                .body("events_by_type.count", contains(3, 1))
                .body("events_by_type.success_rate", contains(100f, 0f))
                .body("time_series.date", contains(THEN.toString(), hour(1), hour(2)))
                .body("time_series.total_events", contains(3, 1, 0))
                .body("time_series.successful", contains(1, 1, 0))
                .body("time_series[2].avg_response_time", nullValue())
                .body("error_breakdown.error_type", contains("http_500", "timeout"))
                .body("error_breakdown.count", contains(2, 1))
                .body("error_breakdown.percentage", contains(66.7f, 33.3f));
    }

    @Test
    void anHourWithoutADeliveryIsNoUptime() throws SQLException {
        // Given
        AttemptBuilder down = at(THEN).outcome(503, Next.RETRY);
        AttemptBuilder up = at(THEN.plus(5, ChronoUnit.HOURS));

        // When
        write(List.of(down.build(), up.build()));

        // Then
        stats("group_by=hour&start_date=" + THEN).body("summary.uptime", equalTo(50f));
    }

    @Test
    void statisticsAreThoseOfTheWebhookAndTypeAskedFor() throws SQLException {
        // Given
        String other = Ids.next(Ids.Kind.WEBHOOK);

        // When
        write(List.of(
                at(THEN).build(),
                at(THEN).eventType("order.created").build(),
                attemptOf(tenant).endpoint(other).eventTime(THEN).build()));

        // Then
        String hours = "group_by=hour&start_date=" + THEN;
        stats(hours).body("summary.total_events", equalTo(3)).body("webhook_id", nullValue());
        stats(hours + "&webhook_id=" + webhook)
                .body("summary.total_events", equalTo(2))
                .body("webhook_id", equalTo(webhook));
        stats(hours + "&webhook_id=" + webhook + "&webhook_id=" + other)
                .body("summary.total_events", equalTo(3))
                .body("webhook_id", nullValue());
        stats(hours + "&webhook_id=" + webhook + "&event=product.updated").body("summary.total_events", equalTo(1));
    }

    @Test
    void aTenantSeesNothingOfAnother() throws SQLException {
        // When
        write(List.of(at(THEN).build()));

        // Then
        given().auth()
                .oauth2(TestTokens.of(Ids.next(Ids.Kind.TENANT), "viewer"))
                .get(STATS + "?webhook_id=" + webhook)
                .then()
                .statusCode(200)
                .body("summary.total_events", equalTo(0))
                .body("time_series", hasSize(30));
    }

    @Test
    void whatComesAgainInAnyOrderChangesNothing() throws SQLException {
        Random random = new Random(7);
        for (int round = 0; round < 10; round++) {
            // Given
            List<DeliveryAttempt> attempts = randomAttempts(random);
            write(attempts);
            List<String> before = rows();

            // When
            List<DeliveryAttempt> again = new ArrayList<>(attempts);
            again.addAll(attempts);
            Collections.shuffle(again, random);
            for (List<DeliveryAttempt> batch : List.of(again.subList(0, 5), again)) {
                write(batch);
            }

            // Then
            assertThat(rows()).isEqualTo(before);
        }
    }

    @Test
    void theOrderOfBatchesDoesNotMatter() throws SQLException {
        // Given
        List<DeliveryAttempt> attempts = randomAttempts(new Random(11));
        List<DeliveryAttempt> backwards = new ArrayList<>(attempts);
        Collections.reverse(backwards);
        List<String> expected = new ArrayList<>();
        String[] states = {"successful", "failed", "pending_retry", "deliveries", "attempts", "retries"};

        // When
        for (DeliveryAttempt attempt : backwards) {
            write(List.of(attempt));
        }
        for (String state : states) {
            expected.add(single("select sum(%s) from statistics_hour where tenant_id = '%s'".formatted(state, uuid())));
        }

        // Then
        assertThat(expected)
                .containsExactly(
                        countDeliveries("= 'delivered'"),
                        countDeliveries("= 'dead'"),
                        countDeliveries("= 'retrying'"),
                        countDeliveries("is not null"),
                        single("select count(*) from attempt where url is not null and tenant_id = '" + uuid() + "'"),
                        single("select count(*) from attempt where url is not null and attempt > 1 and tenant_id = '"
                                + uuid() + "'"));
    }

    @Test
    void recordersThatCountTheSameAtOnceLoseNothingAndDoNotBlockOneAnother() throws Exception {
        // Given
        List<DeliveryAttempt> attempts = new ArrayList<>();
        for (int endpoint = 0; endpoint < 40; endpoint++) {
            String id = Ids.next(Ids.Kind.WEBHOOK);
            for (int event = 0; event < 5; event++) {
                attempts.add(attemptOf(tenant).endpoint(id).eventTime(THEN).build());
            }
        }
        write(attempts.subList(0, 1));
        ExecutorService recorders = Executors.newFixedThreadPool(4);
        List<Future<?>> written = new ArrayList<>();

        // When
        try {
            for (int recorder = 0; recorder < 4; recorder++) {
                List<DeliveryAttempt> own = new ArrayList<>(attempts);
                Collections.shuffle(own, new Random(recorder));
                written.add(recorders.submit(() -> {
                    for (int from = 0; from < own.size(); from += 50) {
                        write(own.subList(from, from + 50));
                    }
                    return null;
                }));
            }
            for (Future<?> each : written) {
                each.get(30, TimeUnit.SECONDS);
            }
        } finally {
            recorders.shutdownNow();
        }

        // Then
        assertThat(single("select sum(attempts) || ' ' || sum(successful) from statistics_hour where tenant_id = '"
                        + uuid() + "'"))
                .isEqualTo("200 200");
    }

    @Test
    void daysThatAreSummedUpSayTheSameAsTheirHours() throws SQLException {
        // Given
        write(randomAttempts(new Random(3)));
        String query = "group_by=day&start_date=" + THEN + "&end_date=" + TODAY;
        String byHours = stats(query).extract().asString();

        // When
        sumUpUntilToday();

        // Then
        assertThat(stats(query).extract().asString()).isEqualTo(byHours);
        assertThat(Long.parseLong(single("select count(*) from statistics_day where tenant_id = '" + uuid() + "'")))
                .isPositive();
    }

    @Test
    void whatIsCountedLateIsSummedUpAgain() throws SQLException {
        // Given
        AttemptBuilder late = at(THEN).outcome(500, Next.RETRY);
        write(List.of(late.build()));
        sumUpUntilToday();

        // When
        write(List.of(late.number(1, 2)
                .outcome(200, Next.DELIVERED)
                .startedAt(Instant.now())
                .build()));

        // Then
        await().atMost(SOON).untilAsserted(() -> {
            rollup.sumUp(Instant.now());
            stats("start_date=" + THEN)
                    .body("summary.total_events", equalTo(1))
                    .body("summary.successful_deliveries", equalTo(1))
                    .body("summary.pending_retry", equalTo(0));
        });
    }

    @Test
    void aMonthSumsUpItsDays() throws SQLException {
        // Given
        write(randomAttempts(new Random(5)));
        LocalDate day = LocalDate.ofInstant(THEN, ZoneOffset.UTC);
        LocalDate month = day.withDayOfMonth(1);
        List<String> sums = new ArrayList<>();

        // When
        transactions.run(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("select sum_up_day('" + day + "'), sum_up_month('" + month + "')");
                for (String table : List.of("statistics_day", "statistics_month")) {
                    sums.add(first(statement.executeQuery("""
                            select concat_ws(' ', sum(deliveries), sum(successful), sum(attempts), sum(response_us),
                                sum(latency[7]), bit_count(bit_or(hours_tried)), bit_count(bit_or(hours_up)))
                            from %s where tenant_id = '%s'""".formatted(table, uuid()))));
                }
            }
            connection.rollback();
        });

        // Then
        assertThat(sums.get(1)).isEqualTo(sums.get(0)).doesNotStartWith("0");
    }

    @ParameterizedTest
    @CsvSource({
        "group_by=minute, group_by",
        "group_by=hour&start_date=2026-01-01&end_date=2026-03-01, group_by",
        "group_by=day&start_date=2020-01-01&end_date=2026-01-01, group_by",
        "start_date=yesterday, start_date",
        "start_date=2026-02-01&end_date=2026-01-01, end_date",
        "webhook_id=wh_1, webhook_id",
        "event=%00, event",
        "event_type=product.updated, event_type"
    })
    void aParameterThatDoesNotFitIsNamed(String query, String field) {
        given().urlEncodingEnabled(false)
                .auth()
                .oauth2(TestTokens.of(tenant, "viewer"))
                .get(STATS + "?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].field", equalTo(field));
    }

    private AttemptBuilder at(Instant time) {
        return attemptOf(tenant).endpoint(webhook).eventTime(time);
    }

    private List<DeliveryAttempt> randomAttempts(Random random) {
        List<DeliveryAttempt> attempts = new ArrayList<>();
        for (int delivery = 0; delivery < 12; delivery++) {
            AttemptBuilder attempt = at(THEN.plus(random.nextInt(8), ChronoUnit.HOURS))
                    .eventType(random.nextBoolean() ? "product.updated" : "order.created")
                    .duration(Duration.ofMillis(1 + random.nextInt(900)));
            int tries = 1 + random.nextInt(3);
            for (int number = 1; number <= tries; number++) {
                Next last = Stream.of(Next.DELIVERED, Next.DEAD, Next.HELD, Next.RETRY)
                        .skip(random.nextInt(4))
                        .findFirst()
                        .orElseThrow();
                Next next = number < tries ? Next.RETRY : last;
                attempts.add(attempt.number(1, number)
                        .outcome(next == Next.DELIVERED ? 200 : 500, next)
                        .build());
            }
        }
        Collections.shuffle(attempts, random);
        return attempts;
    }

    private void write(List<DeliveryAttempt> attempts) throws SQLException {
        List<AttemptTable.Row> rows =
                attempts.stream().map(AttemptTable.Row::of).toList();
        Set<LocalDate> days = new HashSet<>();
        rows.forEach(row -> days.addAll(table.days(row)));
        partitions.ensure(days);
        transactions.run(connection -> table.write(connection, rows));
    }

    private void sumUpUntilToday() {
        await().atMost(SOON).untilAsserted(() -> {
            rollup.sumUp(TODAY.plus(2, ChronoUnit.HOURS));
            assertThat(single("select days_until from statistics_progress"))
                    .isEqualTo(LocalDate.ofInstant(TODAY, ZoneOffset.UTC).toString());
        });
    }

    /** The tenant's rows, to be compared. */
    private List<String> rows() throws SQLException {
        List<String> rows = new ArrayList<>();
        transactions.run(connection -> {
            for (String from : List.of("statistics_hour", "error_hour", "delivery", "attempt")) {
                try (Statement statement = connection.createStatement();
                        ResultSet row =
                                statement.executeQuery("select row(%1$s.*)::text from %1$s where tenant_id = '%2$s'"
                                        .formatted(from, uuid()))) {
                    while (row.next()) {
                        rows.add(row.getString(1));
                    }
                }
            }
        });
        Collections.sort(rows);
        return rows;
    }

    private String countDeliveries(String status) throws SQLException {
        return single("select count(*) from delivery where tenant_id = '%s' and status %s".formatted(uuid(), status));
    }

    private String single(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        transactions.run(connection -> {
            try (Statement statement = connection.createStatement()) {
                values.add(first(statement.executeQuery(sql)));
            }
        });
        return values.get(0);
    }

    private static String first(ResultSet result) throws SQLException {
        return result.next() ? String.valueOf(result.getString(1)) : "none";
    }

    private String uuid() {
        return Ids.uuid(Ids.Kind.TENANT, tenant).toString();
    }

    private static String hour(int after) {
        return THEN.plus(after, ChronoUnit.HOURS).toString();
    }

    private ValidatableResponse stats(String query) {
        return given().auth()
                .oauth2(TestTokens.of(tenant, "viewer"))
                .get(STATS + "?" + query)
                .then()
                .statusCode(200);
    }
}
