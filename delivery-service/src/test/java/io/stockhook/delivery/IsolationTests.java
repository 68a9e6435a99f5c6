package io.stockhook.delivery;

import static io.stockhook.delivery.testing.AttemptBuilder.attemptOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import io.stockhook.delivery.testing.Topic;
import io.stockhook.events.EventEnvelope;
import io.stockhook.events.Ids;
import io.stockhook.events.MicroClock;
import io.stockhook.events.delivery.DeadLetter;
import io.stockhook.events.delivery.DeliveryAttempt.Next;
import io.stockhook.events.delivery.DeliveryTask;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.RouteTable;
import io.stockhook.platform.testing.RouteWall;
import io.stockhook.platform.testing.RouteWall.Belongings;
import io.stockhook.platform.testing.RowWall;
import io.stockhook.platform.testing.TestTokens;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The wall between tenants: every route, every role, every id, every table. A new one that is not in here fails it. */
@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "delivery"))
class IsolationTests {

    private static final String ROUTES = """
            GET    /api/v1/deliveries                     viewer
            GET    /api/v1/deliveries/failed              viewer
            GET    /api/v1/deliveries/logs                viewer
            GET    /api/v1/deliveries/stats               viewer
            POST   /api/v1/deliveries/figures             viewer
            POST   /api/v1/deliveries/test                editor
            GET    /api/v1/deliveries/{id}                viewer
            POST   /api/v1/deliveries/{id}/retry          editor
            POST   /api/v1/deliveries/{id}/cancel         editor
            POST   /api/v1/deliveries/bulk-retry          editor
            GET    /api/v1/deliveries/jobs                viewer
            GET    /api/v1/deliveries/jobs/{id}           viewer
            POST   /api/v1/deliveries/jobs/{id}/cancel    editor

            # Authorised by the token that the delivery carried.
            POST   /api/v1/deliveries/{id}/confirm        open

            GET    /api/v1/dead-letters                   viewer
            GET    /api/v1/dead-letters/{id}              viewer
            DELETE /api/v1/dead-letters/{id}              editor
            POST   /api/v1/dead-letters/{id}/replay       editor
            POST   /api/v1/dead-letters/bulk-replay       editor
            POST   /api/v1/dead-letters/bulk-purge        editor
            GET    /api/v1/dead-letters/jobs              viewer
            GET    /api/v1/dead-letters/jobs/{id}         viewer
            POST   /api/v1/dead-letters/jobs/{id}/cancel  editor
            """;

    private static final Duration SOON = Duration.ofSeconds(30);

    /** Tables without tenants' rows, and why. */
    private static final Map<String, String> OF_ALL_TENANTS = Map.of(
            "flyway_schema_history", "the migrations that were made",
            "outbox", "what is to be published, which the relay alone reads",
            "set_aside", "records of which cannot be told whose they are",
            "statistics_late", "days and endpoints, which no API shows",
            "statistics_progress", "one date for all",
            "ordered_partition", "who owns a partition, whatever is in it");

    @Inject
    AgroalDataSource database;

    private final String tenant = Ids.next(Ids.Kind.TENANT);
    private final String other = Ids.next(Ids.Kind.TENANT);
    private Belongings belongings = new Belongings("", Map.of(), Map.of());

    @BeforeEach
    void twoTenants() {
        String webhook = Ids.next(Ids.Kind.WEBHOOK);
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
        try (Topic topic = new Topic()) {
            topic.attempts(attemptOf(tenant)
                    .endpoint(webhook)
                    .event(event.id(), event.type(), event.time())
                    .outcome(404, Next.DEAD)
                    .build());
            topic.deadLetter(task, new DeadLetter("retries_exhausted", null, MicroClock.now(), null));
        }
        String delivery = awaited("/api/v1/deliveries", "items[0].id");
        String letter = awaited("/api/v1/dead-letters", "items[0].id");
        String retries = job("/api/v1/deliveries/bulk-retry", "/api/v1/deliveries/jobs/");
        String replays = job("/api/v1/dead-letters/bulk-replay", "/api/v1/dead-letters/jobs/");
        belongings = new Belongings(
                tenant,
                Map.of(
                        "/api/v1/deliveries/{id}", delivery,
                        "/api/v1/deliveries/jobs/{id}", retries,
                        "/api/v1/dead-letters/{id}", letter,
                        "/api/v1/dead-letters/jobs/{id}", replays),
                Map.of());
    }

    @Test
    void everyRouteSaysWhoMayCallIt() {
        // When
        Map<String, Map<String, Object>> documented =
                RestAssured.get("/docs/delivery/openapi?format=json").jsonPath().getMap("paths");

        // Then
        assertThat(RouteTable.parse(ROUTES).differences(documented)).isEmpty();
    }

    @Test
    void nothingIsAnsweredWithoutAToken() {
        assertThat(wall().withoutToken()).isEmpty();
    }

    @Test
    void eachRoleMayWhatTheTableSaysAndNothingElse() {
        assertThat(wall().withEachRole(other)).isEmpty();
    }

    @Test
    void whatAnotherTenantHasIsNotThereAndStaysAsItIs() {
        assertThat(wall().withForeignIds(belongings, other)).isEmpty();
    }

    @Test
    void listsShowTheirOwnTenantsThingsAlone() {
        assertThat(wall().inLists(belongings, other)).isEmpty();
    }

    @Test
    void queryWithoutItsConditionShowsOneTenantsRows() throws Exception {
        // Given
        RowWall rows = new RowWall(database, OF_ALL_TENANTS);

        // When
        List<String> complaints = rows.complaints(other);

        // Then
        assertThat(complaints).isEmpty();
        assertThat(rows.tablesWithRowsOf(belongings.tenant()))
                .contains("attempt", "delivery", "dead_letter", "replay_job", "statistics_hour");
    }

    private static RouteWall wall() {
        return new RouteWall(URI.create("http://localhost:" + RestAssured.port), RouteTable.parse(ROUTES));
    }

    /** A job that has ended, because there is nothing for it to do. */
    private String job(String path, String jobs) {
        String id = caller().body(Map.of("webhook_id", Ids.next(Ids.Kind.WEBHOOK)))
                .post(path)
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        caller().get(jobs + id).jsonPath().getString("status"))
                .isEqualTo("done"));
        return id;
    }

    private String awaited(String path, String value) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(caller().get(path).jsonPath().getString(value))
                        .isNotNull());
        return caller().get(path).jsonPath().getString(value);
    }

    private RequestSpecification caller() {
        return RestAssured.given().auth().oauth2(TestTokens.of(tenant, "owner")).contentType("application/json");
    }
}
