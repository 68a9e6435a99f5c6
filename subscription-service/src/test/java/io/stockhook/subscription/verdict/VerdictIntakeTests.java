package io.stockhook.subscription.verdict;

import static io.stockhook.subscription.testing.Api.as;
import static io.stockhook.subscription.testing.Api.createTenant;
import static io.stockhook.subscription.testing.Api.createWebhook;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EndpointVerdict;
import io.stockhook.events.EventEnvelope;
import io.stockhook.events.EventTypes;
import io.stockhook.events.Json;
import io.stockhook.events.Topics;
import io.stockhook.events.delivery.DeadLetter;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.TestPlatform;
import io.stockhook.subscription.testing.CompactedTopic;
import io.stockhook.subscription.testing.Topic;
import io.stockhook.web.auth.Roles;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = PlatformTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "subscription"))
class VerdictIntakeTests {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration RECOVERY = Duration.ofSeconds(60);
    private static final Instant SINCE = Instant.parse("2026-01-15T10:30:00.123Z");
    private static final String WEBHOOK = """
            {"name": "orders", "url": "https://hooks.example.com/in", "events": ["*"]}""";

    private String tenant = "";
    private String id = "";

    @BeforeEach
    void aWebhook() {
        tenant = createTenant("Judged");
        id = createWebhook(tenant, WEBHOOK);
    }

    @Test
    void aWebhookThatFailsForTooLongIsDisabledAndSaysWhy() {
        // When
        judge(verdict(1, EndpointVerdict.CONSECUTIVE_FAILURES, "http_500"));

        // Then
        awaitDisabled()
                .body("disabled_code", equalTo("consecutive_failures"))
                .body(
                        "disabled_reason",
                        equalTo("100 attempts in a row failed since 2026-01-15T10:30:00Z, the last one with http_500."))
                .body("disabled_at", notNullValue())
                .body("version", equalTo(2));
        await().atMost(SOON).untilAsserted(() -> {
            EndpointRegistration registration = registration();
            assertThat(registration.version()).isEqualTo(2);
            assertThat(registration.isActive()).isFalse();
            assertThat(registration.disabledReason()).startsWith("100 attempts in a row failed");
        });
    }

    @Test
    void itsTenantIsToldByAnEvent() throws Exception {
        // When
        judge(verdict(1, EndpointVerdict.GONE, "http_410"));

        // Then
        EventEnvelope event = await().atMost(SOON)
                .until(this::events, events -> events.size() == 1)
                .get(0);
        assertThat(event.type()).isEqualTo(EventTypes.WEBHOOK_DISABLED);
        assertThat(event.tenantId()).isEqualTo(tenant);
        assertThat(event.subject()).isEqualTo(id);
        var data = Json.read(event.data(), Map.class);
        assertThat(data)
                .containsEntry("webhook_id", id)
                .containsEntry("name", "orders")
                .containsEntry("url", "https://hooks.example.com/in")
                .containsEntry("code", "gone")
                .containsEntry(
                        "reason", "The endpoint answered 410 Gone, which means that it wants no more deliveries.")
                .containsEntry("failures", 100)
                .containsEntry("since", SINCE.toString())
                .containsEntry("last_error", "http_410")
                .containsEntry("disabled_at", event.time().toString());
    }

    @Test
    void aWebhookWhoseFirstInLineWasGivenUpIsDisabledAndSaysSo() {
        // When
        judge(verdict(1, EndpointVerdict.HEAD_EXHAUSTED, "timeout"));

        // Then
        awaitDisabled()
                .body("disabled_code", equalTo("head_exhausted"))
                .body(
                        "disabled_reason",
                        equalTo(
                                "A delivery that the next ones must not overtake was given up after its last attempt failed"
                                        + " with timeout."));
    }

    @Test
    void theSameVerdictHasNoEffectTwice() {
        // Given
        EndpointVerdict verdict = verdict(1, EndpointVerdict.GONE, "http_410");

        // When
        judge(verdict);
        judge(verdict);
        judgeAnother();

        // Then
        awaitDisabled().body("version", equalTo(2));
        assertThat(events()).hasSize(1);
    }

    @Test
    void aVerdictOfAnEarlierVersionIsVoid() {
        // Given
        as(tenant, Roles.EDITOR)
                .body("{\"name\": \"mended\"}")
                .patch("/api/v1/webhooks/" + id)
                .then()
                .statusCode(200);

        // When
        judge(verdict(1, EndpointVerdict.GONE, "http_410"));
        judgeAnother();

        // Then
        webhook().body("is_active", equalTo(true)).body("version", equalTo(2));
        assertThat(events()).isEmpty();
    }

    @Test
    void aVerdictOfAnotherTenantOrEpochIsVoid() {
        // Given
        EndpointVerdict verdict = verdict(1, EndpointVerdict.GONE, "http_410");

        // When
        judge(new EndpointVerdict(id, createTenant("Stranger"), 1, 1, "gone", 1, SINCE, "http_410", SINCE));
        judge(new EndpointVerdict(id, tenant, 2, 1, "gone", 1, SINCE, "http_410", SINCE));
        judgeAnother();

        // Then
        webhook().body("is_active", equalTo(true)).body("version", equalTo((int) verdict.version()));
    }

    @Test
    void enablingMakesANewVersionThatIsJudgedAnew() {
        // Given
        judge(verdict(1, EndpointVerdict.GONE, "http_410"));
        awaitDisabled();

        // When
        var answer = as(tenant, Roles.EDITOR)
                .post("/api/v1/webhooks/" + id + "/enable")
                .then();

        // Then
        answer.statusCode(200)
                .body("is_active", equalTo(true))
                .body("version", equalTo(3))
                .body("disabled_reason", nullValue())
                .body("disabled_code", nullValue())
                .body("disabled_at", nullValue());
        judge(verdict(3, EndpointVerdict.CONSECUTIVE_FAILURES, "timeout"));
        awaitDisabled().body("version", equalTo(4)).body("disabled_code", equalTo("consecutive_failures"));
    }

    @Test
    void aRecordThatIsNoVerdictIsSetAsideWithItsBytesAndTheNextOneIsTaken() {
        // Given
        byte[] key = {0, -1, 7};
        byte[] rubbish = ("no verdict " + id).getBytes(UTF_8);

        // When
        Topic.send(new ProducerRecord<>(Topics.ENDPOINT_VERDICTS, 0, key, rubbish));
        Topic.send(new ProducerRecord<>(Topics.ENDPOINT_VERDICTS, 0, null, null));
        Topic.send(new ProducerRecord<>(
                Topics.ENDPOINT_VERDICTS,
                0,
                id.getBytes(UTF_8),
                Json.write(verdict(1, EndpointVerdict.GONE, "http_410"))));

        // Then
        awaitDisabled();
        ConsumerRecord<byte[], byte[]> dead = await().atMost(SOON)
                .until(
                        () -> Topic.records(Topics.DEAD_LETTERS).stream()
                                .filter(letter -> Arrays.equals(letter.value(), rubbish))
                                .toList(),
                        letters -> letters.size() == 1)
                .get(0);
        assertThat(dead.key()).isEqualTo(key);
        DeadLetter letter = DeadLetter.read(dead.headers());
        assertThat(letter.reason()).isEqualTo(DeadLetter.MALFORMED_RECORD);
        assertThat(letter.origin()).startsWith(Topics.ENDPOINT_VERDICTS + "/0/");
    }

    @Test
    void aVerdictThatTheDatabaseDoesNotTakeIsSetAside() {
        // Given
        EndpointVerdict verdict = verdict(1, "\u0000", "http_410");

        // When
        judge(verdict);
        judgeAnother();

        // Then
        webhook().body("is_active", equalTo(true));
        assertThat(Topic.records(Topics.DEAD_LETTERS))
                .anyMatch(letter -> Arrays.equals(letter.value(), Json.write(verdict)));
    }

    @Test
    void aVerdictWaitsForTheDatabase() {
        // Given
        TestPlatform.postgres().stop();

        // When
        try {
            judge(verdict(1, EndpointVerdict.GONE, "http_410"));
        } finally {
            TestPlatform.postgres().start();
        }

        // Then
        await().atMost(RECOVERY)
                .untilAsserted(() -> assertThat(registration().isActive()).isFalse());
    }

    private EndpointVerdict verdict(long version, String reason, String lastError) {
        return new EndpointVerdict(id, tenant, 1, version, reason, 100, SINCE, lastError, SINCE.plusSeconds(900));
    }

    private static void judge(EndpointVerdict verdict) {
        Topic.send(new ProducerRecord<>(
                Topics.ENDPOINT_VERDICTS, 0, verdict.endpointId().getBytes(UTF_8), Json.write(verdict)));
    }

    /** Judges another webhook on the same partition and waits for its event: what came before has had its effect by then. */
    private void judgeAnother() {
        String another = createWebhook(tenant, WEBHOOK);
        judge(new EndpointVerdict(another, tenant, 1, 1, "gone", 1, SINCE, "http_410", SINCE));
        await().atMost(SOON).untilAsserted(() -> assertThat(eventsOf(another)).hasSize(1));
    }

    private ValidatableResponse awaitDisabled() {
        await().atMost(SOON).untilAsserted(() -> webhook().body("is_active", equalTo(false)));
        return webhook();
    }

    private ValidatableResponse webhook() {
        return as(tenant, Roles.VIEWER).get("/api/v1/webhooks/" + id).then().statusCode(200);
    }

    private EndpointRegistration registration() {
        return CompactedTopic.latest(Topics.ENDPOINTS, id, EndpointRegistration.class);
    }

    private List<EventEnvelope> events() {
        return eventsOf(id);
    }

    private static List<EventEnvelope> eventsOf(String subject) {
        return Topic.records(Topics.SYSTEM_EVENTS).stream()
                .map(found -> EventEnvelope.read(found.headers(), found.value()))
                .filter(event -> subject.equals(event.subject()))
                .toList();
    }
}
