package io.stockhook.delivery.path;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.stockhook.delivery.engine.Engine;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EndpointRegistration.Batch;
import io.stockhook.events.EndpointRegistration.Breaker;
import io.stockhook.events.EndpointRegistration.RateLimit;
import io.stockhook.events.EndpointRegistration.RetryConfig;
import io.stockhook.events.EventEnvelope;
import io.stockhook.events.Ids;
import io.stockhook.events.Topics;
import io.stockhook.events.delivery.DeadLetter;
import io.stockhook.events.delivery.DeliveryTask;
import io.stockhook.events.delivery.EventBatch;
import io.stockhook.events.delivery.RunControl;
import io.stockhook.events.signature.SignatureVerifier;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.TestPlatform;
import io.stockhook.platform.testing.TestTokens;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an endpoint gets that wants many events in one request, on a real broker and a real database. */
@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "delivery"))
class BatchPathTests {

    private static final String TYPE = "product.updated";
    private static final String DATA = "{\"sku\":\"SHIRT-1\",\"price\":89.990,\"n\":1e400}";
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final long LONG_MS = 20_000;
    private static final int TASK_PARTITIONS = Topics.tasks().partitions();
    private static final ObjectMapper JSON = new ObjectMapper();

    @ConfigProperty(name = "stockhook.secrets.master-keys")
    String masterKeys;

    @Inject
    Engine engine;

    @Inject
    MeterRegistry meters;

    private Sink sink;
    private Platform platform;

    @BeforeEach
    void start() throws Exception {
        sink = new Sink();
        platform = new Platform(TestPlatform.bootstrapServers(), masterKeys, engine::registrySize);
        await().atMost(Duration.ofSeconds(30)).until(engine::isReady);
    }

    @AfterEach
    void stop() {
        platform.close();
        sink.close();
    }

    @Test
    void batchIsSentAsSoonAsItHasAsManyEventsAsItsEndpointWants() {
        // Given
        register("/size", 3, LONG_MS);

        // When
        List<EventEnvelope> events = emit(6);

        // Then
        List<Sink.Received> requests = awaitRequests("/size", 2);
        assertThat(requests)
                .extracting(BatchPathTests::ids)
                .containsExactlyInAnyOrder(ids(events, 0, 3), ids(events, 3, 6));
        assertThat(requests)
                .extracting(request -> request.header("X-Webhook-Batch-Size"))
                .containsOnly("3");
        assertThat(requests)
                .extracting(request -> request.header("X-Webhook-Event"))
                .containsOnly("batch");
        assertThat(requests).allSatisfy(request -> {
            assertThat(request.header("webhook-id")).startsWith("bat_").isEqualTo(request.header("X-Webhook-Delivery"));
            assertThat(isSigned(request)).isTrue();
        });
    }

    @Test
    void batchIsSentWhenItsFirstEventHasWaitedForAsLongAsItsEndpointWants() {
        // Given
        register("/time", 100, 700);
        Instant began = Instant.now();

        // When
        List<EventEnvelope> events = emit(3);

        // Then
        Sink.Received request = awaitRequests("/time", 1).get(0);
        assertThat(ids(request)).isEqualTo(ids(events, 0, 3));
        assertThat(request.at()).isAfter(began.plusMillis(700));
    }

    @Test
    void batchIsSentBeforeItIsLongerThanABodyMayBe() {
        // Given
        register("/bytes", 100, 3_000);
        String long200k = "{\"text\":\"" + "x".repeat(200 * 1024) + "\"}";

        // When
        List<EventEnvelope> events =
                IntStream.range(0, 3).mapToObj(i -> emit(long200k)).toList();

        // Then
        List<Sink.Received> requests = awaitRequests("/bytes", 2);
        assertThat(requests).extracting(BatchPathTests::ids).containsExactly(ids(events, 0, 2), ids(events, 2, 3));
        assertThat(requests).allSatisfy(request -> assertThat(request.body().length)
                .isLessThanOrEqualTo(EventBatch.MAX_BODY_BYTES));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "standard    | application/json                   | [{\"id\":\"%1$s\",\"type\":\"product.updated\",\"timestamp\":\"%2$s\",\"data\":%3$s}]",
                "classic     | application/json                   | [{\"id\":\"%1$s\",\"event\":\"product.updated\",\"timestamp\":\"%2$s\",\"data\":%3$s}]",
                "raw         | application/json                   | [{\"id\":\"%1$s\",\"type\":\"product.updated\",\"data\":%3$s}]",
                "cloudevents | application/cloudevents-batch+json | [{\"specversion\":\"1.0\",\"id\":\"%1$s\",\"type\":\"product.updated\",\"source\":\"/inventory\",\"subject\":\"prd_1\",\"time\":\"%2$s\",\"datacontenttype\":\"application/json\",\"data\":%3$s}]",
                "template    | application/json                   | [{\"text\":\"SHIRT-1\",\"key\":\"%1$s\"}]"
            })
    void eachEventIsInTheFormatOfItsEndpointWithAnIdOfItsOwn(String format, String contentType, String body) {
        // Given
        register("/" + format, 100, 200, one -> one.toBuilder()
                .payloadFormat(format)
                .template(format.equals("template") ? "{\"text\":\"{{sku}}\",\"key\":\"{{id}}\"}" : null)
                .build());

        // When
        EventEnvelope event = emit(DATA);

        // Then
        Sink.Received request = awaitRequests("/" + format, 1).get(0);
        assertThat(request.text()).isEqualTo(body.formatted(event.id(), event.time(), DATA));
        assertThat(request.header("Content-Type")).isEqualTo(contentType);
        assertThat(isSigned(request)).isTrue();
    }

    @Test
    void failedBatchIsRepeatedWithTheSameIdAndBytesAlthoughItsWebhookWasChangedMeanwhile() {
        // Given
        sink.answers("/flaky", 500, 500);
        EndpointRegistration webhook = register("/flaky", 3, LONG_MS, one -> one.toBuilder()
                .retry(new RetryConfig(3, 1_500, 1, null))
                .build());
        emit(3);
        awaitRequests("/flaky", 1);

        // When
        platform.publish(
                webhook.toBuilder().version(2).payloadFormat("raw").batch(null).build());

        // Then
        List<Sink.Received> requests = awaitRequests("/flaky", 3);
        assertThat(requests)
                .extracting(request -> request.header("X-Webhook-Attempt"))
                .containsExactly("1", "2", "3");
        assertThat(requests)
                .extracting(request -> request.header("webhook-id"))
                .containsOnly(requests.get(0).header("webhook-id"));
        assertThat(requests)
                .extracting(Sink.Received::text)
                .containsOnly(requests.get(0).text());
    }

    @Test
    void eachEventHasItsOwnRowInTheLogWithEachAttempt() {
        // Given
        sink.answers("/rows", 500);
        EndpointRegistration webhook = register("/rows", 3, LONG_MS);

        // When
        List<EventEnvelope> events = emit(3);

        // Then
        List<Sink.Received> requests = awaitRequests("/rows", 2);
        awaitStatus("delivered", 3);
        for (EventEnvelope event : events) {
            var delivery = caller().get("/api/v1/deliveries/" + deliveryId(event, webhook))
                    .then()
                    .statusCode(200)
                    .extract();
            assertThat(delivery.<List<String>>path("attempts.next")).containsExactlyInAnyOrder("retry", "delivered");
            assertThat(delivery.<List<Integer>>path("attempts.response_code")).containsExactlyInAnyOrder(500, 200);
            assertThat(delivery.<List<Map<String, String>>>path("attempts.request_headers"))
                    .allSatisfy(headers -> assertThat(headers)
                            .containsEntry("webhook-id", requests.get(0).header("webhook-id"))
                            .containsEntry("X-Webhook-Event", "batch")
                            .containsEntry("X-Webhook-Batch-Size", "3"));
        }
        assertThat(caller().get("/api/v1/deliveries/stats?webhook_id=" + webhook.endpointId())
                        .then()
                        .statusCode(200)
                        .extract()
                        .<Integer>path("summary.successful_deliveries"))
                .isEqualTo(3);
    }

    @Test
    void eachEventOfAnExhaustedBatchIsADeadLetterThatIsReplayedByItself() {
        // Given
        sink.answers("/dead", 500);
        register("/dead", 3, 500, BatchPathTests::withoutRetries);
        List<EventEnvelope> events = emit(3);
        await().atMost(SOON).untilAsserted(() -> assertThat(deadLetters().<List<String>>path("items.event_id"))
                .containsExactlyInAnyOrderElementsOf(ids(events, 0, 3)));
        String letter = deadLetters().path("items[0].id");
        String eventId = deadLetters().path("items[0].event_id");

        // When
        caller().post("/api/v1/dead-letters/" + letter + "/replay").then().statusCode(202);

        // Then
        Sink.Received replay = awaitRequests("/dead", 2).get(1);
        assertThat(ids(replay)).containsExactly(eventId);
        assertThat(elements(replay).get(0).get("replay").booleanValue()).isTrue();
        assertThat(replay.header("webhook-id"))
                .isNotEqualTo(sink.at("/dead").get(0).header("webhook-id"));
        awaitStatus("delivered", 1);
        assertThat(deadLetters().<List<String>>path("items.event_id"))
                .hasSize(2)
                .doesNotContain(eventId);
    }

    @Test
    void deadLetterOfABatchHasTheDataOfItsEventAlsoWhereATemplateMadeTheBody() {
        // Given
        sink.answers("/dead-template", 500);
        register("/dead-template", 2, LONG_MS, one -> withoutRetries(one).toBuilder()
                .payloadFormat("template")
                .template("{\"text\":\"{{sku}}\"}")
                .build());

        // When
        List<EventEnvelope> events = List.of(emit("{\"sku\":\"A\"}"), emit("{\"sku\":\"B\"}"));

        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(platform.read(Topics.DEAD_LETTERS).stream()
                        .map(dead -> DeliveryTask.read(dead.headers(), dead.value()))
                        .filter(task -> task.tenantId().equals(platform.tenant()))
                        .map(task -> task.eventId() + new String(task.data(), java.nio.charset.StandardCharsets.UTF_8)))
                .containsExactlyInAnyOrder(
                        events.get(0).id() + "{\"sku\":\"A\"}", events.get(1).id() + "{\"sku\":\"B\"}"));
    }

    @Test
    void rateCountsABatchAsOne() {
        // Given
        register("/rated", 5, LONG_MS, one -> one.toBuilder()
                .rateLimit(new RateLimit(1, 1_000, 1))
                .build());

        // When
        emit(15);

        // Then
        List<Instant> arrivals = awaitRequests("/rated", 3).stream()
                .map(Sink.Received::at)
                .sorted()
                .toList();
        assertThat(Duration.between(arrivals.get(0), arrivals.get(2))).isGreaterThan(Duration.ofMillis(1_700));
        assertThat(allIds("/rated")).hasSize(15).doesNotHaveDuplicates();
    }

    @Test
    void circuitCountsABatchAsOneAttempt() {
        // Given
        Breaker opensAfterThree = new Breaker(true, 1, 3, 10_000, 30_000);
        sink.answers("/troubled", 503, 503, 503);
        register("/troubled", 10, LONG_MS, one -> one.toBuilder()
                .breaker(opensAfterThree)
                .retry(new RetryConfig(10, 100, 1, null))
                .build());

        // When
        emit(20);

        // Then
        awaitRequests("/troubled", 3);
        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(3))
                .until(() -> sink.at("/troubled").size() == 3);
    }

    @Test
    void eventOfWhichTheTemplateMakesNothingKeepsNoOtherFromBeingSent() {
        // Given
        register("/unrendered", 2, LONG_MS, one -> withoutRetries(one).toBuilder()
                .payloadFormat("template")
                .template("{\"n\":{{n}}}")
                .build());

        // When
        emit("{\"n\":1}");
        EventEnvelope odd = emit("{\"n\":\"no number\"}");
        emit("{\"n\":2}");

        // Then
        assertThat(awaitRequests("/unrendered", 1).get(0).text()).isEqualTo("[{\"n\":1},{\"n\":2}]");
        await().atMost(SOON).untilAsserted(() -> assertThat(deadLetters().<List<String>>path("items.event_id"))
                .containsExactly(odd.id()));
    }

    @Test
    void deliveryThatIsCancelledBeforeItsBatchIsFrozenIsNotInIt() {
        // Given
        EndpointRegistration webhook = register("/cancelled", 3, 3_000);
        EventEnvelope cancelled = emit(DATA);
        EventEnvelope other = emit(DATA);
        String delivery = deliveryId(cancelled, webhook);

        // When
        platform.send(
                RunControl.cancel(delivery, 1, Instant.now(), Instant.now().plusSeconds(60))
                        .toRecord());

        // Then
        assertThat(ids(awaitRequests("/cancelled", 1).get(0))).containsExactly(other.id());
        awaitStatus("dropped", 1);
    }

    @Test
    void frozenBatchIsRepeatedWholeAndWhoseDeliveryWasCancelledIsNoDeadLetter() {
        // Given
        sink.answers("/frozen", 500, 500);
        EndpointRegistration webhook = register("/frozen", 2, LONG_MS, one -> one.toBuilder()
                .retry(new RetryConfig(1, 2_500, 1, null))
                .build());
        List<EventEnvelope> events = emit(2);
        awaitRequests("/frozen", 1);

        // When
        platform.send(RunControl.cancel(
                        deliveryId(events.get(0), webhook),
                        1,
                        Instant.now(),
                        Instant.now().plusSeconds(60))
                .toRecord());

        // Then
        List<Sink.Received> requests = awaitRequests("/frozen", 2);
        assertThat(requests.get(1).text()).isEqualTo(requests.get(0).text());
        awaitStatus("dropped", 1);
        awaitStatus("dead", 1);
        assertThat(deadLetters().<List<String>>path("items.event_id"))
                .containsExactly(events.get(1).id());
    }

    @Test
    void frozenBatchThatNobodyWantsAnyMoreIsNotRepeated() {
        // Given
        sink.answers("/unwanted", 500);
        EndpointRegistration webhook = register("/unwanted", 2, LONG_MS, one -> one.toBuilder()
                .retry(new RetryConfig(1, 2_500, 1, null))
                .build());
        List<EventEnvelope> events = emit(2);
        awaitRequests("/unwanted", 1);

        // When
        events.forEach(event -> platform.send(RunControl.cancel(
                        deliveryId(event, webhook),
                        1,
                        Instant.now(),
                        Instant.now().plusSeconds(60))
                .toRecord()));

        // Then
        awaitStatus("dropped", 2);
        assertThat(sink.at("/unwanted")).hasSize(1);
    }

    @Test
    void eachEventOfABatchIsHeldWhenItsEndpointIsDisabled() {
        // Given
        sink.answers("/disabled", 500);
        EndpointRegistration webhook = register("/disabled", 3, LONG_MS, one -> one.toBuilder()
                .retry(new RetryConfig(3, 1_500, 1, null))
                .build());
        emit(3);
        awaitRequests("/disabled", 1);

        // When
        platform.publish(webhook.toBuilder().version(2).isActive(false).build());

        // Then
        awaitStatus("held", 3);
        assertThat(sink.at("/disabled")).hasSize(1);
    }

    @Test
    void whatIsCollectedIsLeftToTheNextOwnerAndNothingIsLost() throws Exception {
        // Given
        int webhooks = 5; // on several partitions, of which half are handed over
        for (int i = 0; i < webhooks; i++) {
            register("/handed-over", 200, 2_000);
        }
        List<EventEnvelope> events = new ArrayList<>(emit(30));

        // When
        joinAndLeaveTheGroup(() -> events.addAll(emit(30)));

        // Then
        List<String> expected = events.stream()
                .flatMap(event -> Collections.nCopies(webhooks, event.id()).stream())
                .toList();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(allIds("/handed-over")).containsExactlyInAnyOrderElementsOf(expected));
    }

    @Test
    void eventsOfABatchThatWasFrozenBeforeACrashAreNotCollectedAgain() {
        // Given
        EndpointRegistration webhook = register("/crashed", 100, 3_000);
        List<DeliveryTask> tasks = IntStream.range(0, 3)
                .mapToObj(
                        i -> DeliveryTask.first(platform.event(TYPE, DATA), webhook.endpointId(), TYPE, Instant.now()))
                .toList();
        DeliveryTask frozen = DeliveryTask.batch(
                tasks.stream()
                        .map(task ->
                                new EventBatch.Part(task, Platform.utf8("{\"id\":\"" + task.eventId() + "\"}"), -1))
                        .toList(),
                "application/json",
                Instant.now());

        // When
        tasks.forEach(task -> platform.send(task.toRecord(Topics.TASKS)));
        platform.send(frozen.toRecord(Topics.TASKS));
        platform.send(frozen.toRecord(Topics.TASKS));

        // Then
        awaitRequests("/crashed", 1);
        await().during(Duration.ofSeconds(4))
                .atMost(Duration.ofSeconds(5))
                .until(() -> sink.at("/crashed").size() == 1);
        assertThat(allIds("/crashed"))
                .containsExactlyElementsOf(
                        tasks.stream().map(DeliveryTask::eventId).toList());
    }

    @Test
    void batchesThatKeepEachOtherFromBecomingCompleteAreSentAsTheyAre() {
        // Given
        List<EndpointRegistration> pair = twoOfOnePartition();
        pair.forEach(one -> platform.publish(
                one.toBuilder().version(2).events(List.of(TYPE)).build()));
        double before = frozen("pressure");

        // When
        emit(900);

        // Then
        await().atMost(SOON).until(() -> frozen("pressure") > before);
        pair.forEach(one -> platform.publish(one.toBuilder()
                .version(3)
                .events(List.of(TYPE))
                .batch(new Batch(1_000, 500))
                .build()));
        emit(1); // with which the batches end that began before the change
        await().atMost(SOON).until(() -> allIds("/pressed").size() == 2 * 901);
        assertThat(frozen("change")).isPositive();
    }

    private double frozen(String why) {
        return meters.get("stockhook.delivery.batches")
                .tag("reason", why)
                .counter()
                .count();
    }

    @Test
    void recordThatSaysItIsABatchAndIsNoneIsSetAsideWithItsBytes() {
        // Given
        DeliveryTask task = DeliveryTask.first(platform.event(TYPE, DATA), "wh_1", TYPE, Instant.now());
        DeliveryTask batch = DeliveryTask.batch(
                List.of(new EventBatch.Part(task, Platform.utf8("{}"), -1)), "application/json", Instant.now());
        byte[] rubbish = Platform.utf8("no batch " + Ids.next(Ids.Kind.EVENT));

        // When
        platform.send(
                new ProducerRecord<>(Topics.TASKS, null, Platform.utf8("wh_1"), rubbish, List.of(batch.header())));

        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(platform.read(Topics.DEAD_LETTERS))
                .anyMatch(dead -> Arrays.equals(dead.value(), rubbish)
                        && DeadLetter.read(dead.headers()).reason().equals(DeadLetter.MALFORMED_RECORD)));
    }

    private EndpointRegistration register(String path, int maxSize, long maxWaitMs) {
        return register(path, maxSize, maxWaitMs, UnaryOperator.identity());
    }

    private EndpointRegistration register(
            String path, int maxSize, long maxWaitMs, UnaryOperator<EndpointRegistration> change) {
        return platform.register(
                sink.url(path),
                one -> change.apply(
                        one.toBuilder().batch(new Batch(maxSize, maxWaitMs)).build()),
                TYPE);
    }

    /** Two webhooks whose tasks are on one partition, which together want more events than it may hold. */
    private List<EndpointRegistration> twoOfOnePartition() {
        List<EndpointRegistration> all = new ArrayList<>();
        while (true) {
            EndpointRegistration next = platform.register(
                    sink.url("/pressed"),
                    one -> one.toBuilder().batch(new Batch(1_000, LONG_MS)).build(),
                    "nothing.yet");
            for (EndpointRegistration other : all) {
                if (partition(other) == partition(next)) {
                    return List.of(other, next);
                }
            }
            all.add(next);
        }
    }

    private static int partition(EndpointRegistration one) {
        return Utils.toPositive(Utils.murmur2(Platform.utf8(one.endpointId()))) % TASK_PARTITIONS;
    }

    private List<EventEnvelope> emit(int count) {
        return IntStream.range(0, count).mapToObj(i -> emit(DATA)).toList();
    }

    private EventEnvelope emit(String data) {
        return platform.emit(Topics.INVENTORY_EVENTS, TYPE, data);
    }

    /** Takes partitions from the engine for as long as something is done, as a second instance would, and commits nothing. */
    private static void joinAndLeaveTheGroup(Runnable meanwhile) throws InterruptedException {
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicBoolean hasPartitions = new AtomicBoolean();
        Thread member = new Thread(() -> {
            try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                    Map.of(
                            "bootstrap.servers",
                            TestPlatform.bootstrapServers(),
                            "group.id",
                            Engine.DELIVERY_GROUP,
                            "enable.auto.commit",
                            false,
                            "partition.assignment.strategy",
                            CooperativeStickyAssignor.class.getName()),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer())) {
                consumer.subscribe(List.of(Topics.TASKS));
                while (!isOver.get()) {
                    consumer.poll(Duration.ofMillis(100));
                    hasPartitions.set(!consumer.assignment().isEmpty());
                }
            }
        });
        member.start();
        await().atMost(Duration.ofSeconds(30)).until(hasPartitions::get);
        meanwhile.run();
        isOver.set(true);
        member.join();
    }

    private RequestSpecification caller() {
        return given().auth().oauth2(TestTokens.of(platform.tenant(), "editor")).contentType("application/json");
    }

    private void awaitStatus(String status, int count) {
        await().atMost(SOON).untilAsserted(() -> assertThat(caller().get("/api/v1/deliveries?status=" + status)
                        .then()
                        .statusCode(200)
                        .extract()
                        .<List<String>>path("items.id"))
                .hasSize(count));
    }

    private ExtractableResponse<Response> deadLetters() {
        return caller().get("/api/v1/dead-letters").then().statusCode(200).extract();
    }

    private List<Sink.Received> awaitRequests(String path, int count) {
        await().atMost(SOON).untilAsserted(() -> assertThat(sink.at(path)).hasSize(count));
        return sink.at(path);
    }

    private List<String> allIds(String path) {
        return sink.at(path).stream().flatMap(request -> ids(request).stream()).toList();
    }

    private static List<String> ids(Sink.Received request) {
        List<String> ids = new ArrayList<>();
        elements(request).forEach(element -> ids.add(element.get("id").textValue()));
        return ids;
    }

    private static JsonNode elements(Sink.Received request) {
        try {
            return JSON.readTree(request.body());
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> ids(List<EventEnvelope> events, int from, int to) {
        return events.subList(from, to).stream().map(EventEnvelope::id).toList();
    }

    private static boolean isSigned(Sink.Received request) {
        SignatureVerifier verifier = new SignatureVerifier(List.of(Platform.SECRET));
        return verifier.standard(
                                request.header("webhook-id"),
                                request.header("webhook-timestamp"),
                                request.header("webhook-signature"),
                                request.body(),
                                Instant.now())
                        == SignatureVerifier.Verdict.VALID
                && verifier.classic(request.header("X-Webhook-Signature"), request.body())
                        == SignatureVerifier.Verdict.VALID;
    }

    private static String deliveryId(EventEnvelope event, EndpointRegistration webhook) {
        return Ids.delivery(event.id(), webhook.endpointId(), event.time());
    }

    private static EndpointRegistration withoutRetries(EndpointRegistration one) {
        return one.toBuilder().retry(new RetryConfig(0, 1_000, 1, null)).build();
    }
}
