package io.stockhook.delivery.replay;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.stockhook.delivery.testing.Topic;
import io.stockhook.events.EventEnvelope;
import io.stockhook.events.Ids;
import io.stockhook.events.MicroClock;
import io.stockhook.events.delivery.DeadLetter;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.events.delivery.DeliveryTask;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.TestPlatform;
import io.stockhook.platform.testing.TestTokens;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The webhooks here do not exist, so that the runs which are begun end at once: dropped. */
@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "delivery"))
class JobRunnerTests {

    private static final String DELIVERIES = "/api/v1/deliveries";
    private static final String DEAD_LETTERS = "/api/v1/dead-letters";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final String tenant = Ids.next(Ids.Kind.TENANT);
    private final String webhook = Ids.next(Ids.Kind.WEBHOOK);
    private final List<DeliveryTask> recorded = new ArrayList<>();

    @Inject
    JobRunner runner;

    @Inject
    ControlPurge controlPurge;

    @Inject
    ReplayTransactions transactions;

    @Inject
    AgroalDataSource dataSource;

    @BeforeEach
    void stopRunner() {
        runner.stop();
    }

    @AfterEach
    void startRunner() {
        runner.start();
    }

    @Test
    void bulkReplayThatIsInterruptedHalfWayResumesAndReplaysEachDeadLetter() {
        // Given
        Set<String> dead = record(250);
        String job = begin("/bulk-replay", Map.of("webhook_id", webhook), 250);
        assertThat(runner.runOnce()).isTrue();
        jobIs(job, "running", 100);

        // When
        runner.start();

        // Then
        await().atMost(SOON).untilAsserted(() -> jobIs(job, "done", 250));
        await().atMost(SOON).untilAsserted(() -> assertThat(deliveriesInRun(2)).isEqualTo(dead));
        assertThat(count("dead_letter")).isZero();
    }

    @Test
    void batchWhoseTasksAreSentButNotCommittedIsRepeatedUnderTheSameRuns() {
        // Given
        Set<String> dead = record(20);
        String job = begin("/bulk-replay", Map.of("webhook_id", webhook), 20);
        failCommits(true);
        runner.runOnce();
        failCommits(false);
        jobIs(job, "running", 0);
        assertThat(count("dead_letter")).isEqualTo(20);

        // When
        runner.start();

        // Then
        await().atMost(SOON)
                .untilAsserted(() -> get(DEAD_LETTERS + "/jobs/" + job).body("status", equalTo("done")));
        await().atMost(SOON).untilAsserted(() -> assertThat(deliveriesInRun(2)).isEqualTo(dead));
        assertThat(count("dead_letter")).isZero();
    }

    @Test
    void twoDeadLettersOfOneDeliveryAreOneReplayOfTheLater() {
        // Given
        record(1);
        DeliveryTask later = recorded.get(0).ofRun(2, MicroClock.now(), null);
        try (Topic topic = new Topic()) {
            topic.deadLetter(later, new DeadLetter("retries_exhausted", null, MicroClock.now(), null));
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(count("dead_letter")).isEqualTo(2));
        String job = begin("/bulk-replay", Map.of("webhook_id", webhook), 2);

        // When
        runner.runOnce();

        // Then
        get(DEAD_LETTERS + "/jobs/" + job)
                .body("status", equalTo("done"))
                .body("done", equalTo(1))
                .body("skipped", equalTo(1));
        await().atMost(SOON).untilAsserted(() -> assertThat(deliveriesInRun(3)).containsExactly(later.deliveryId()));
        assertThat(count("dead_letter")).isZero();
    }

    @Test
    void jobThatIsCancelledBeginsNothingMore() {
        // Given
        record(150);
        String job = begin("/bulk-replay", Map.of("webhook_id", webhook), 150);
        runner.runOnce();

        // When
        caller().post(DEAD_LETTERS + "/jobs/" + job + "/cancel").then().statusCode(200);

        // Then
        assertThat(runner.runOnce()).isFalse();
        jobIs(job, "cancelled", 100);
        assertThat(count("dead_letter")).isEqualTo(50);
        caller().post(DEAD_LETTERS + "/jobs/" + job + "/cancel").then().statusCode(409);
    }

    @Test
    void jobIsPaced() {
        // Given
        record(120);
        begin("/bulk-replay", Map.of("webhook_id", webhook), 120);

        // When
        assertThat(runner.runOnce()).isTrue();

        // Then
        assertThat(runner.runOnce()).isFalse();
        await().atMost(Duration.ofSeconds(3)).until(runner::runOnce);
        assertThat(count("dead_letter")).isZero();
    }

    @Test
    void dryRunCountsAndDoesNothing() {
        // Given
        record(3);

        // When
        ValidatableResponse purge = bulk("/bulk-purge", Map.of("webhook_id", webhook, "dry_run", true));
        ValidatableResponse replay = bulk("/bulk-replay", Map.of("dry_run", true));

        // Then
        purge.statusCode(200).body("count", equalTo(3)).body("dry_run", equalTo(true));
        replay.statusCode(200).body("count", equalTo(3));
        assertThat(runner.runOnce()).isFalse();
        assertThat(count("dead_letter")).isEqualTo(3);
    }

    @Test
    void purgeTakesAwayWhatWasSelectedAndWritesDownWhoDidSo() {
        // Given
        record(5);
        List<String> ids = get(DEAD_LETTERS).extract().path("items.id");
        String job = begin("/bulk-purge", Map.of("ids", ids.subList(0, 3)), 3);

        // When
        runner.start();

        // Then
        await().atMost(SOON).untilAsserted(() -> jobIs(job, "done", 3));
        caller().delete(DEAD_LETTERS + "/" + ids.get(3)).then().statusCode(204);
        caller().delete(DEAD_LETTERS + "/" + ids.get(3)).then().statusCode(404);
        assertThat(get(DEAD_LETTERS).extract().<List<String>>path("items.id")).containsExactly(ids.get(4));
        assertThat(count("purge_audit where purged_by like '%" + tenant + "' and purged in (1, 3)"))
                .isEqualTo(2);
    }

    @Test
    void bulkRetryOfDeliveriesWithoutTheirEventsPassesThemOver() {
        // Given
        record(4);
        String job = caller().body(Map.of("webhook_id", webhook))
                .post(DELIVERIES + "/bulk-retry")
                .then()
                .statusCode(202)
                .body("total", equalTo(4))
                .extract()
                .path("id");

        // When
        runner.start();

        // Then
        await().atMost(SOON).untilAsserted(() -> get(DELIVERIES + "/jobs/" + job)
                .body("status", equalTo("done"))
                .body("done", equalTo(0))
                .body("skipped", equalTo(4)));
        get(DELIVERIES + "/jobs").body("items.id", equalTo(List.of(job)));
        caller().get(DEAD_LETTERS + "/jobs/" + job).then().statusCode(404);
    }

    @Test
    void brokerThatIsAwayDelaysAJobAndDoesNotFailIt() {
        // Given
        Set<String> dead = record(2);
        String job = begin("/bulk-replay", Map.of("webhook_id", webhook), 2);
        String letter = get(DEAD_LETTERS).extract().path("items[0].id");
        TestPlatform.kafka().kill();

        // When
        try {
            runner.start();
            caller().post(DEAD_LETTERS + "/" + letter + "/replay").then().statusCode(503);
        } finally {
            TestPlatform.kafka().start();
        }

        // Then
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> get(DEAD_LETTERS + "/jobs/" + job).body("status", equalTo("done")));
        await().atMost(SOON).untilAsserted(() -> assertThat(deliveriesInRun(2)).isEqualTo(dead));
    }

    @Test
    void whatNeedNotBeRememberedAnyMoreIsForgotten() {
        // Given
        record(2);
        begin("/bulk-replay", Map.of("webhook_id", webhook), 2);
        runner.runOnce();
        assertThat(count("delivery_run")).isEqualTo(2);
        execute("update delivery_run set keep_until = now() - interval '1 second'");

        // When
        int ended = controlPurge.purgeOnce();

        // Then
        assertThat(ended).isGreaterThanOrEqualTo(2);
        assertThat(count("delivery_run")).isZero();
    }

    /** Records so many dead deliveries and returns their ids once the log has them. */
    private Set<String> record(int count) {
        Set<String> ids = new HashSet<>();
        recorded.clear();
        try (Topic topic = new Topic()) {
            for (int i = 0; i < count; i++) {
                EventEnvelope event = new EventEnvelope(
                        Ids.next(Ids.Kind.EVENT),
                        "product.created",
                        "/inventory",
                        null,
                        MicroClock.now(),
                        tenant,
                        null,
                        null,
                        null,
                        "{}".getBytes(UTF_8));
                DeliveryTask task = DeliveryTask.first(event, webhook, event.type(), event.time());
                ids.add(task.deliveryId());
                recorded.add(task);
                topic.attempts(dead(task));
                topic.deadLetter(task, new DeadLetter("retries_exhausted", null, MicroClock.now(), null));
            }
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(count("dead_letter")).isEqualTo(count));
        await().atMost(SOON).untilAsserted(() -> assertThat(count("delivery")).isEqualTo(count));
        return ids;
    }

    private static DeliveryAttempt dead(DeliveryTask task) {
        return new DeliveryAttempt(
                Ids.next(Ids.Kind.ATTEMPT),
                task.deliveryId(),
                1,
                1,
                task.endpointId(),
                1,
                task.tenantId(),
                task.eventId(),
                task.eventType(),
                task.subscribedAs(),
                task.eventTime(),
                "https://erp.example.com/hooks",
                task.eventTime(),
                1_000,
                500,
                "http_500",
                "The endpoint answered 500.",
                Map.of(),
                null,
                DeliveryAttempt.Next.DEAD,
                "retries_exhausted",
                null,
                null);
    }

    private String begin(String path, Map<String, Object> selection, int total) {
        return bulk(path, selection)
                .statusCode(202)
                .body("status", equalTo("running"))
                .body("total", equalTo(total))
                .extract()
                .path("id");
    }

    private ValidatableResponse bulk(String path, Map<String, Object> selection) {
        return caller().body(selection).post(DEAD_LETTERS + path).then();
    }

    private void jobIs(String job, String status, int done) {
        get(DEAD_LETTERS + "/jobs/" + job)
                .body("status", equalTo(status))
                .body("done", equalTo(done))
                .body("skipped", equalTo(0));
    }

    private Set<String> deliveriesInRun(int run) {
        Set<String> ids = new HashSet<>();
        String next = "";
        while (next != null) {
            ValidatableResponse page =
                    get(DELIVERIES + "?status=dropped&limit=200" + (next.isEmpty() ? "" : "&cursor=" + next));
            List<Map<String, Object>> items = page.extract().path("items");
            items.stream()
                    .filter(item -> Objects.equals(item.get("run"), run))
                    .forEach(item -> ids.add((String) item.get("id")));
            next = page.extract().path("next");
        }
        return ids;
    }

    private ValidatableResponse get(String path) {
        return caller().get(path).then().statusCode(200);
    }

    private RequestSpecification caller() {
        return given().auth().oauth2(TestTokens.of(tenant, "editor")).contentType("application/json");
    }

    /** How many rows of the tenant there are. */
    private int count(String from) {
        return transactions.ofTenant(tenant, connection -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("select count(*) from " + from)) {
                row.next();
                return row.getInt(1);
            }
        });
    }

    private void execute(String sql) {
        transactions.ofTenant(tenant, connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }

    /** Lets every transaction that moves a job's position fail as it is committed, as a process does that ends before it. */
    private void failCommits(boolean isFailing) {
        String sql = isFailing ? """
                        create function refuse() returns trigger language plpgsql as
                            'begin if new.position is not null then raise exception ''ended''; end if; return null; end';
                        create constraint trigger refusing after update on replay_job
                            deferrable initially deferred for each row execute function refuse()""" : "drop trigger refusing on replay_job; drop function refuse()";
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
