package io.stockhook.receiver.event;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.stockhook.events.EventEnvelope;
import io.stockhook.events.EventTypeRecord;
import io.stockhook.events.Ids;
import io.stockhook.events.Json;
import io.stockhook.events.MicroClock;
import io.stockhook.events.Topics;
import io.stockhook.platform.testing.Concurrently;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.TestPlatform;
import io.stockhook.platform.testing.TestTokens;
import io.stockhook.receiver.ReceivedRecords;
import io.stockhook.receiver.eventtype.EventTypeFeed;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "receiver"))
class EventResourceTests {

    private static final String EVENTS = "/api/v1/events";
    private static final String TENANT = TestTokens.tenant("publishing");
    private static final String PUBLISHER = TestTokens.of(TENANT, "publisher");

    @Inject
    AcceptedEvents accepted;

    @Inject
    EventTypeFeed types;

    @Test
    void publishesAnEventWithItsHeadersAndItsDataByteForByte() {
        // Given
        String id = newId();
        String data = "{ \"amount\" : 99.90, \"big\":1e400,\"odd\":\"\\u0000\\ud800\" }";

        // When
        post(PUBLISHER, """
                {"id":"%s","type":"order.placed","source":"/shop","subject":"order-4711",
                 "time":"2026-01-31T12:00:00.123456Z","data_schema":"https://shop.example/1","data":%s}
                """.formatted(id, data))
                .then()
                .statusCode(202)
                .body("id", equalTo(id))
                .body("status", equalTo("accepted"));

        // Then
        ConsumerRecord<String, byte[]> published = onlyRecord(id);
        assertThat(published.key()).isEqualTo(TENANT + ":order-4711");
        assertThat(published.value()).asString().isEqualTo(data);
        EventEnvelope event = EventEnvelope.read(published.headers(), published.value());
        assertThat(event.type()).isEqualTo("order.placed");
        assertThat(event.source()).isEqualTo("/shop");
        assertThat(event.time()).isEqualTo(Instant.parse("2026-01-31T12:00:00.123456Z"));
        assertThat(event.dataSchema()).isEqualTo("https://shop.example/1");
        assertThat(event.tenantId()).isEqualTo(TENANT);
    }

    @Test
    void anEventForLaterSaysSoOnTheTopicHoweverItGetsThere() {
        // Given
        String id = newId();
        Instant deliverAt = MicroClock.now().plus(Duration.ofDays(29));
        String event =
                "{\"id\":\"%s\",\"type\":\"order.placed\",\"data\":{},\"deliver_at\":\"%s\"}".formatted(id, deliverAt);

        // When
        post(PUBLISHER, event).then().statusCode(202);

        // Then
        ConsumerRecord<String, byte[]> published = onlyRecord(id);
        assertThat(EventEnvelope.read(published.headers(), published.value()).deliverAt())
                .isEqualTo(deliverAt);
        post(
                        PUBLISHER,
                        event.replace(
                                deliverAt.toString(), deliverAt.plusSeconds(1).toString()))
                .then()
                .statusCode(409);
    }

    @Test
    void aStoredEventKeepsItsTimeForDelivery() {
        // Given
        String tenant = Ids.next(Ids.Kind.TENANT);
        Instant deliverAt = MicroClock.now().plusSeconds(60);
        var event = new EventEnvelope(
                newId(), "a.b", "/x", null, MicroClock.now(), tenant, null, deliverAt, null, new byte[] {'{', '}'});

        // When
        List<EventEnvelope> stored = TenantScope.as(tenant, () -> {
            accepted.register(tenant, List.of(new AcceptedEvents.Candidate(event, new byte[32])));
            return accepted.overdue(Duration.ofMillis(-1), 100, 2_500);
        });

        // Then
        assertThat(stored).extracting(EventEnvelope::deliverAt).containsExactly(deliverAt);
    }

    @Test
    void anIdempotencyKeyMakesOneEventOfARepeatedRequest() {
        // Given
        String key = "key-" + newId();
        String batch = "[{\"type\":\"a.b\",\"data\":{\"n\":1}},{\"type\":\"a.b\",\"data\":{\"n\":2}}]";

        // When
        Response first = postWithKey(key, batch);
        Response second = postWithKey(key, batch);
        Response other = postWithKey(key, "{\"type\":\"a.b\",\"data\":{\"n\":3}}");

        // Then
        first.then().statusCode(202).body("results.status", contains("accepted", "accepted"));
        assertThat(second.asString()).isEqualTo(first.asString());
        List<String> ids = first.path("results.id");
        assertThat(ids).doesNotHaveDuplicates().allSatisfy(id -> assertThat(ReceivedRecords.ofEvent(TENANT, id))
                .hasSize(1));
        other.then().statusCode(409);
    }

    @Test
    void aKeyThatIsNotVisibleAsciiIsRefused() {
        postWithKey("with space", "{\"type\":\"a.b\",\"data\":{}}")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("Idempotency-Key"));
    }

    @Test
    void aSweepTakesNoMoreAtOnceThanItHasMemoryFor() {
        // Given
        String tenant = Ids.next(Ids.Kind.TENANT);
        byte[] data = new byte[1_000];
        List<AcceptedEvents.Candidate> stored = Stream.generate(EventResourceTests::newId)
                .limit(5)
                .map(id -> new AcceptedEvents.Candidate(
                        new EventEnvelope(id, "a.b", "/x", null, MicroClock.now(), tenant, null, null, null, data),
                        new byte[32]))
                .toList();

        // When
        List<EventEnvelope> oldest = TenantScope.as(tenant, () -> {
            accepted.register(tenant, stored);
            return accepted.overdue(Duration.ofMillis(-1), 100, 2_500);
        });

        // Then
        assertThat(oldest)
                .extracting(EventEnvelope::id)
                .containsExactlyElementsOf(stored.stream()
                        .limit(3)
                        .map(candidate -> candidate.event().id())
                        .toList());
    }

    private static Response postWithKey(String key, String body) {
        return given().auth()
                .oauth2(PUBLISHER)
                .contentType("application/json")
                .header("Idempotency-Key", key)
                .body(body)
                .post(EVENTS);
    }

    @Test
    void givesAnEventWhatItsPublisherLeavesOut() {
        // When
        String id = post(PUBLISHER, "{\"type\":\"order.placed\",\"data\":{}}")
                .then()
                .statusCode(202)
                .body("id", matchesPattern("evt_[0-9a-f]{32}"))
                .extract()
                .path("id");

        // Then
        ConsumerRecord<String, byte[]> published = onlyRecord(id);
        EventEnvelope event = EventEnvelope.read(published.headers(), published.value());
        assertThat(published.key()).isEqualTo(TENANT + ':' + id);
        assertThat(event.source()).isEqualTo("/events");
        assertThat(event.time()).isBetween(Instant.now().minusSeconds(60), Instant.now());
    }

    @Test
    void carriesTheTraceOfTheRequest() {
        // Given
        String id = newId();
        String traceId = "4bf92f3577b34da6a3ce929d0e0e4736";

        // When
        given().auth()
                .oauth2(PUBLISHER)
                .contentType("application/json")
                .header("traceparent", "00-" + traceId + "-00f067aa0ba902b7-01")
                .body("{\"id\":\"%s\",\"type\":\"a.b\",\"data\":{}}".formatted(id))
                .post(EVENTS)
                .then()
                .statusCode(202);

        // Then
        ConsumerRecord<String, byte[]> published = onlyRecord(id);
        assertThat(EventEnvelope.read(published.headers(), published.value()).traceParent())
                .contains(traceId);
    }

    @Test
    void answersARepeatedEventLikeTheFirstTimeAndPublishesItOnce() {
        // Given
        String id = newId();
        String event = "{\"id\":\"%s\",\"type\":\"a.b\",\"data\":{\"a\":1}}".formatted(id);
        String first = post(PUBLISHER, event).asString();

        // When
        Response second = post(PUBLISHER, event);

        // Then
        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(second.asString()).isEqualTo(first);
        onlyRecord(id);
    }

    @Test
    void anAliasIsPublishedByTheCanonicalNameAndIsTheSameEvent() {
        // Given
        String id = newId();
        String event = "{\"id\":\"%s\",\"type\":\"%s\",\"data\":{}}";
        know("product.created", "catalog.product.created");

        // When
        Response byAlias = post(PUBLISHER, event.formatted(id, "catalog.product.created"));
        Response byName = post(PUBLISHER, event.formatted(id, "product.created"));

        // Then
        assertThat(byAlias.statusCode()).isEqualTo(202);
        assertThat(byName.asString()).isEqualTo(byAlias.asString());
        ConsumerRecord<String, byte[]> published = onlyRecord(id);
        assertThat(EventEnvelope.read(published.headers(), published.value()).type())
                .isEqualTo("product.created");
    }

    @Test
    void whatOnlyThePlatformEmitsIsRefused() {
        post(PUBLISHER, "{\"type\":\"webhook.disabled\",\"data\":{}}")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("type"))
                .body("errors[0].message", containsString("only the platform emits"));
        post(
                        PUBLISHER,
                        "{\"type\":\"system.backup_completed\",\"data\":{\"backup_id\":\"1\",\"status\":\"completed\"}}")
                .then()
                .statusCode(202);
    }

    private void know(String name, String alias) {
        var type = new EventTypeRecord(
                null, name, List.of(alias), false, List.of(new EventTypeRecord.Version(1, null, null, Instant.EPOCH)));
        Map<String, Object> settings = Map.of("bootstrap.servers", TestPlatform.bootstrapServers(), "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.EVENT_TYPES, EventTypeRecord.key(null, name), Json.write(type)));
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() -> types.names().canonical(alias).equals(name));
    }

    @Test
    void answersFiveEqualRequestsAtOnceEqually() {
        // Given
        String id = newId();
        String event = "{\"id\":\"%s\",\"type\":\"a.b\",\"data\":{\"a\":1}}".formatted(id);

        // When
        List<CompletableFuture<Response>> requests = Stream.generate(
                        () -> Concurrently.supply(() -> post(PUBLISHER, event)))
                .limit(5)
                .toList();

        // Then
        assertThat(requests).allSatisfy(request -> {
            assertThat(request.join().statusCode()).isEqualTo(202);
            assertThat(request.join().asString())
                    .isEqualTo(requests.get(0).join().asString());
        });
        assertThat(ReceivedRecords.ofEvent(TENANT, id))
                .isNotEmpty()
                .allSatisfy(
                        published -> assertThat(published.value()).asString().isEqualTo("{\"a\":1}"));
    }

    @Test
    void refusesAnotherEventUnderAKnownId() {
        // Given
        String id = newId();
        post(PUBLISHER, "{\"id\":\"%s\",\"type\":\"a.b\",\"data\":{\"a\":1}}".formatted(id));

        // When
        Response second = post(PUBLISHER, "{\"id\":\"%s\",\"type\":\"a.b\",\"data\":{\"a\":2}}".formatted(id));

        // Then
        second.then().statusCode(409).contentType("application/problem+json").body("errors.field", hasItem("id"));
        onlyRecord(id);
    }

    @Test
    void anIdBelongsToItsTenantAlone() {
        // Given
        String id = newId();
        post(PUBLISHER, "{\"id\":\"%s\",\"type\":\"a.b\",\"data\":{\"a\":1}}".formatted(id));

        // When
        Response other = post(
                TestTokens.of(TestTokens.tenant("other"), "publisher"),
                "{\"id\":\"%s\",\"type\":\"a.b\",\"data\":{\"a\":2}}".formatted(id));

        // Then
        other.then().statusCode(202);
        assertThat(ReceivedRecords.ofEvent(TestTokens.tenant("other"), id)).hasSize(1);
    }

    @Test
    void saysOfEachEventOfABatchWhatBecameOfIt() {
        // Given
        String known = newId();
        String fresh = newId();
        post(PUBLISHER, "{\"id\":\"%s\",\"type\":\"a.b\",\"data\":{\"a\":1}}".formatted(known));

        // When
        Response answer = post(PUBLISHER, """
                {"events":[
                  {"id":"%1$s","type":"a.b","data":{"a":1}},
                  {"id":"%1$s","type":"a.b","data":{"a":2}},
                  {"id":"%2$s","type":"a.b","data":{"a":3}},
                  {"id":"%2$s","type":"a.b","data":{"a":3}},
                  {"id":"broken","type":"nodot","data":{}}]}
                """.formatted(known, fresh));

        // Then
        answer.then()
                .statusCode(202)
                .body("results.id", equalTo(List.of(known, known, fresh, fresh, "broken")))
                .body("results.status", equalTo(List.of("accepted", "conflict", "accepted", "accepted", "invalid")))
                .body("results[0].errors", nullValue())
                .body("results[4].errors[0].field", equalTo("type"));
        onlyRecord(fresh);
    }

    @Test
    void publishesTheEventsOfASubjectInTheOrderOfTheirBatch() {
        // Given
        String subject = newId();
        String events = Stream.iterate(1, number -> number + 1)
                .limit(300)
                .map(number -> "{\"id\":\"%1$s-%2$d\",\"type\":\"a.b\",\"subject\":\"%1$s\",\"data\":{\"n\":%2$d}}"
                        .formatted(subject, number))
                .toList()
                .toString();

        // When
        post(PUBLISHER, events).then().statusCode(202);

        // Then
        ConsumerRecord<String, byte[]> first = onlyRecord(subject + "-1");
        ConsumerRecord<String, byte[]> last = onlyRecord(subject + "-300");
        assertThat(last.partition()).isEqualTo(first.partition());
        assertThat(last.offset()).isEqualTo(first.offset() + 299);
    }

    @Test
    void refusesABatchOfWhichNothingCanBeTaken() {
        // When
        Response answer = post(PUBLISHER, "[{\"type\":\"nodot\",\"data\":{}},{\"type\":\"a.b\",\"data\":7}]");

        // Then
        answer.then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.field", equalTo(List.of("events[0].type", "events[1].data")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "7", "{\"type\":\"a.b\",\"data\":{},\"deliver_at\":\"2130-01-01T00:00:00Z\"}"})
    void refusesWhatIsNoEvent(String body) {
        // When
        Response answer = post(PUBLISHER, body);

        // Then
        answer.then().statusCode(400).contentType("application/problem+json");
    }

    @Test
    void refusesDataThatIsTooLong() {
        // When
        Response answer = post(PUBLISHER, "{\"type\":\"a.b\",\"data\":{\"a\":\"" + "x".repeat(256 * 1024) + "\"}}");

        // Then
        answer.then().statusCode(413).body("detail", containsString("data"));
    }

    @Test
    void needsATokenThatMayPublish() {
        // Given
        String event = "{\"type\":\"a.b\",\"data\":{}}";

        // When
        int withoutToken =
                given().contentType("application/json").body(event).post(EVENTS).statusCode();
        int viewer = post(TestTokens.of(TENANT, "viewer"), event).statusCode();
        int editor = post(TestTokens.of(TENANT, "editor"), event).statusCode();
        int owner = post(TestTokens.of(TENANT, "owner"), event).statusCode();

        // Then
        assertThat(List.of(withoutToken, viewer, editor, owner)).containsExactly(401, 403, 202, 202);
    }

    @Test
    void forgetsAnIdOnceTheWindowIsOver() {
        // Given
        String id = newId();
        post(PUBLISHER, "{\"id\":\"%s\",\"type\":\"a.b\",\"data\":{\"a\":1}}".formatted(id));

        // When
        TenantScope.asSystem(() -> accepted.purge(Duration.ZERO, 100_000));

        // Then
        post(PUBLISHER, "{\"id\":\"%s\",\"type\":\"a.b\",\"data\":{\"a\":2}}".formatted(id))
                .then()
                .statusCode(202);
    }

    private static Response post(String token, String body) {
        return given().auth()
                .oauth2(token)
                .contentType("application/json")
                .body(body)
                .post(EVENTS);
    }

    private static ConsumerRecord<String, byte[]> onlyRecord(String eventId) {
        List<ConsumerRecord<String, byte[]>> records = ReceivedRecords.ofEvent(TENANT, eventId);
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private static String newId() {
        return "test-" + UUID.randomUUID();
    }
}
