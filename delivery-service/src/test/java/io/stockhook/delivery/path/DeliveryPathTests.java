package io.stockhook.delivery.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stockhook.delivery.engine.Engine;
import io.stockhook.delivery.eventtype.EventTypeFeed;
import io.stockhook.delivery.testing.Topic;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EventEnvelope;
import io.stockhook.events.Ids;
import io.stockhook.events.Topics;
import io.stockhook.events.delivery.DeadLetter;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.events.delivery.DeliveryTask;
import io.stockhook.events.signature.Ed25519Keys;
import io.stockhook.events.signature.SignatureVerifier;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.TestPlatform;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "delivery"))
class DeliveryPathTests {

    private static final String DATA = "{\"sku\":\"SHIRT-1\",\"price\":89.990,\"n\":1e400}";
    private static final Duration SOON = Duration.ofSeconds(10);

    @ConfigProperty(name = "stockhook.secrets.master-keys")
    String masterKeys;

    @Inject
    Engine engine;

    @Inject
    EventTypeFeed types;

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
    void eventIsPostedSignedWithBothSchemes() {
        // Given
        EndpointRegistration webhook = platform.register(sink.url("/signed"), "product.*");

        // When
        EventEnvelope event = platform.emit(Topics.INVENTORY_EVENTS, "product.updated", DATA);

        // Then
        Sink.Received request = awaitRequests("/signed", 1).get(0);
        assertThat(request.text())
                .isEqualTo(
                        "{\"type\":\"product.updated\",\"timestamp\":\"" + event.time() + "\",\"data\":" + DATA + "}");
        assertThat(request.header("webhook-id")).isEqualTo(event.id());
        assertThat(request.header("X-Webhook-Event")).isEqualTo("product.updated");
        assertThat(request.header("X-Webhook-Delivery"))
                .isEqualTo(Ids.delivery(event.id(), webhook.endpointId(), event.time()));
        assertThat(request.header("X-Webhook-Attempt")).isEqualTo("1");
        assertThat(request.header("User-Agent")).startsWith("Stockhook/");
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.header("traceparent")).startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-");
        SignatureVerifier verifier = new SignatureVerifier(List.of(Platform.SECRET));
        assertThat(verifier.standard(
                        request.header("webhook-id"),
                        request.header("webhook-timestamp"),
                        request.header("webhook-signature"),
                        request.body(),
                        Instant.now()))
                .isEqualTo(SignatureVerifier.Verdict.VALID);
        assertThat(verifier.classic(request.header("X-Webhook-Signature"), request.body()))
                .isEqualTo(SignatureVerifier.Verdict.VALID);
    }

    @Test
    void eventsOfAllThreeTopicsAreFannedOutToEverySubscriberOnce() {
        // Given
        platform.register(sink.url("/exact"), "order.created", "order.*", "*");
        platform.register(sink.url("/other"), "order.created");
        platform.register(sink.url("/unrelated"), "product.created");

        // When
        Topics.EVENTS.forEach(topic -> platform.emit(topic, "order.created", DATA));

        // Then
        awaitRequests("/exact", 3);
        awaitRequests("/other", 3);
        assertThat(sink.at("/unrelated")).isEmpty();
    }

    @Test
    void requestAndResponseAreRecordedWholeInDebugModeOnly() {
        // Given
        platform.register(sink.url("/plain"), "product.created");
        platform.register(
                sink.url("/debug"), one -> one.toBuilder().isDebug(true).build(), "product.created");

        // When
        EventEnvelope event = platform.emit(Topics.INVENTORY_EVENTS, "product.created", DATA);

        // Then
        awaitAttempts(event, DeliveryAttempt.Next.DELIVERED, DeliveryAttempt.Next.DELIVERED);
        DeliveryAttempt.Request plain = recordedAt(event, "/plain");
        assertThat(plain.body()).isNull();
        assertThat(plain.bodyBytes()).isEqualTo(sink.at("/plain").get(0).body().length);
        assertThat(plain.headers())
                .containsEntry("X-Webhook-Signature", sink.at("/plain").get(0).header("X-Webhook-Signature"))
                .containsEntry("webhook-signature", sink.at("/plain").get(0).header("webhook-signature"));
        DeliveryAttempt.Request debug = recordedAt(event, "/debug");
        assertThat(debug.body()).isEqualTo(sink.at("/debug").get(0).text());
        assertThat(debug.headers()).containsEntry("X-Webhook-Event", "product.created");
    }

    private DeliveryAttempt.Request recordedAt(EventEnvelope event, String path) {
        return attempts(event).stream()
                .filter(attempt -> attempt.url() != null && attempt.url().endsWith(path))
                .map(DeliveryAttempt::request)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void subscriptionToAnAliasGetsTheEventUnderThatName() {
        // Given
        try (Topic topic = new Topic()) {
            topic.eventType("product.out_of_stock", "inventory.out_of_stock");
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() -> types.names().canonical("inventory.out_of_stock").equals("product.out_of_stock"));
        platform.register(sink.url("/alias"), "inventory.out_of_stock");

        // When
        platform.emit(Topics.INVENTORY_EVENTS, "product.out_of_stock", DATA);

        // Then
        assertThat(awaitRequests("/alias", 1).get(0).header("X-Webhook-Event")).isEqualTo("inventory.out_of_stock");
    }

    @Test
    void endpointGetsOnlyWhatItsFilterLetsThrough() {
        // Given
        platform.register(
                sink.url("/filtered"),
                one -> filtered(one, "{\"min_price\":50,\"sku\":{\"$ne\":\"HAT-1\"}}"),
                "product.*");

        // When
        platform.emit(Topics.INVENTORY_EVENTS, "product.updated", "{\"sku\":\"SHIRT-1\",\"price\":49.99}");
        platform.emit(Topics.INVENTORY_EVENTS, "product.updated", "{\"sku\":\"HAT-1\",\"price\":99}");
        EventEnvelope wanted = platform.emit(Topics.INVENTORY_EVENTS, "product.updated", DATA);

        // Then
        assertThat(awaitRequests("/filtered", 1).get(0).header("webhook-id")).isEqualTo(wanted.id());
    }

    @Test
    void endpointsTemplateIsItsBodySignedWithItsPublicScheme() {
        // Given
        Ed25519Keys.Pair pair = Ed25519Keys.generate();
        platform.register(
                sink.url("/template"),
                one -> one.toBuilder()
                        .payloadFormat("template")
                        .template("{\"text\":\"{{sku}} costs {{price}}\",\"data\":{{{data}}}}")
                        .signing(platform.signedBy(one, pair.privateKey()))
                        .build(),
                "product.*");

        // When
        platform.emit(Topics.INVENTORY_EVENTS, "product.updated", DATA);

        // Then
        Sink.Received request = awaitRequests("/template", 1).get(0);
        assertThat(request.text()).isEqualTo("{\"text\":\"SHIRT-1 costs 89.990\",\"data\":" + DATA + "}");
        assertThat(new SignatureVerifier(List.of(), List.of(pair.publicKey()))
                        .standard(
                                request.header("webhook-id"),
                                request.header("webhook-timestamp"),
                                request.header("webhook-signature"),
                                request.body(),
                                Instant.now()))
                .isEqualTo(SignatureVerifier.Verdict.VALID);
    }

    @Test
    void templateThatMakesNoBodyOfAnEventFailsTheAttempt() {
        // Given
        platform.register(
                sink.url("/no-body"),
                one -> retrying(one, 0, 1_000).toBuilder()
                        .payloadFormat("template")
                        .template("{\"text\":{{sku}}}")
                        .build(),
                "product.created");

        // When
        EventEnvelope event = platform.emit(Topics.INVENTORY_EVENTS, "product.created", DATA);

        // Then
        assertThat(awaitAttempts(event, DeliveryAttempt.Next.DEAD).get(0).errorClass())
                .isEqualTo("template_error");
        assertThat(sink.at("/no-body")).isEmpty();
    }

    @Test
    void failedDeliveryIsRepeatedWithTheSameIdAndBytesUntilItArrives() {
        // Given
        sink.answers("/flaky", 500, 302);
        platform.register(sink.url("/flaky"), "product.created");

        // When
        EventEnvelope event = platform.emit(Topics.INVENTORY_EVENTS, "product.created", DATA);

        // Then
        List<Sink.Received> requests = awaitRequests("/flaky", 3);
        assertThat(requests)
                .extracting(request -> request.header("X-Webhook-Attempt"))
                .containsExactly("1", "2", "3");
        assertThat(requests).extracting(request -> request.header("webhook-id")).containsOnly(event.id());
        assertThat(requests)
                .extracting(Sink.Received::text)
                .containsOnly(requests.get(0).text());
        awaitAttempts(event, DeliveryAttempt.Next.RETRY, DeliveryAttempt.Next.RETRY, DeliveryAttempt.Next.DELIVERED);
    }

    @Test
    void exhaustedDeliveryBecomesADeadLetterWithItsData() {
        // Given
        sink.answers("/broken", 500, 500, 500);
        platform.register(sink.url("/broken"), "product.created");

        // When
        EventEnvelope event = platform.emit(Topics.INVENTORY_EVENTS, "product.created", DATA);

        // Then
        ConsumerRecord<byte[], byte[]> dead = awaitDeadLetter(event.data(), "retries_exhausted");
        DeliveryTask task = DeliveryTask.read(dead.headers(), dead.value());
        assertThat(task.eventId()).isEqualTo(event.id());
        assertThat(task.attempt()).isEqualTo(3);
    }

    @Test
    void goneEndpointIsNotTriedAgain() {
        // Given
        sink.answers("/gone", 410);
        platform.register(sink.url("/gone"), "product.created");

        // When
        EventEnvelope event = platform.emit(Topics.INVENTORY_EVENTS, "product.created", DATA);

        // Then
        awaitAttempts(event, DeliveryAttempt.Next.DEAD);
        assertThat(sink.at("/gone")).hasSize(1);
    }

    @Test
    void deliveryOfADisabledEndpointIsHeld() {
        // Given
        sink.answers("/disabled", 500);
        EndpointRegistration webhook =
                platform.register(sink.url("/disabled"), one -> retrying(one, 3, 1_500), "product.created");
        EventEnvelope event = platform.emit(Topics.INVENTORY_EVENTS, "product.created", DATA);
        awaitRequests("/disabled", 1);

        // When
        platform.publish(inactive(webhook));

        // Then
        awaitAttempts(event, DeliveryAttempt.Next.RETRY, DeliveryAttempt.Next.HELD);
        assertThat(sink.at("/disabled")).hasSize(1);
    }

    @Test
    void deliveryOfADeletedEndpointIsDropped() {
        // Given
        sink.answers("/deleted", 500);
        EndpointRegistration webhook =
                platform.register(sink.url("/deleted"), one -> retrying(one, 3, 1_500), "product.created");
        EventEnvelope event = platform.emit(Topics.INVENTORY_EVENTS, "product.created", DATA);
        awaitRequests("/deleted", 1);

        // When
        platform.delete(webhook);

        // Then
        awaitAttempts(event, DeliveryAttempt.Next.RETRY, DeliveryAttempt.Next.DROPPED);
    }

    @Test
    void endpointsOwnRetryPolicyWins() {
        // Given
        sink.answers("/own", 500);
        platform.register(sink.url("/own"), one -> retrying(one, 0, 1_000), "product.created");

        // When
        EventEnvelope event = platform.emit(Topics.INVENTORY_EVENTS, "product.created", DATA);

        // Then
        awaitAttempts(event, DeliveryAttempt.Next.DEAD);
    }

    @Test
    void privateAddressOutsideOfTheAllowListIsRefusedAtConnect() {
        // Given
        platform.register("https://10.0.0.1/hook", one -> retrying(one, 0, 1_000), "product.created");

        // When
        EventEnvelope event = platform.emit(Topics.INVENTORY_EVENTS, "product.created", DATA);

        // Then
        assertThat(awaitAttempts(event, DeliveryAttempt.Next.DEAD).get(0).errorClass())
                .isEqualTo("address_refused");
    }

    @Test
    void endpointThatDoesNotAnswerTimesOut() throws Exception {
        // Given
        try (var silent = new java.net.ServerSocket(0, 10, java.net.InetAddress.getLoopbackAddress())) {
            platform.register(
                    "http://127.0.0.1:" + silent.getLocalPort() + "/",
                    one -> retrying(one, 0, 1_000),
                    "product.created");

            // When
            EventEnvelope event = platform.emit(Topics.INVENTORY_EVENTS, "product.created", DATA);

            // Then
            assertThat(awaitAttempts(event, DeliveryAttempt.Next.DEAD).get(0).errorClass())
                    .isEqualTo("timeout");
        }
    }

    @Test
    void recordThatIsNoEventIsSetAsideAndTheNextOneIsDelivered() {
        // Given
        platform.register(sink.url("/next"), "product.created");
        byte[] rubbish = Platform.utf8("no event " + Ids.next(Ids.Kind.EVENT));

        // When
        platform.send(new ProducerRecord<>(Topics.INVENTORY_EVENTS, 0, null, rubbish));
        platform.send(new ProducerRecord<>(Topics.INVENTORY_EVENTS, 0, null, null));
        EventEnvelope event = platform.event("product.created", DATA);
        platform.send(new ProducerRecord<>(
                Topics.INVENTORY_EVENTS, 0, Platform.utf8(event.recordKey()), event.data(), event.headers()));

        // Then
        awaitDeadLetter(rubbish, DeadLetter.MALFORMED_RECORD);
        awaitRequests("/next", 1);
    }

    @Test
    void recordThatIsNoTaskIsSetAsideWithItsBytesOnEveryTopicOfTasks() {
        for (String topic : List.of(Topics.TASKS, Topics.ORDERED_TASKS, "stockhook.deliveries.delay.100ms")) {
            // Given
            byte[] rubbish = Platform.utf8("no task " + topic + Ids.next(Ids.Kind.EVENT));

            // When
            platform.send(new ProducerRecord<>(topic, Platform.utf8("wh_1"), rubbish));

            // Then
            awaitDeadLetter(rubbish, DeadLetter.MALFORMED_RECORD);
        }
    }

    @Test
    void deliveriesGoOnWhileTheDatabaseIsAway() {
        // Given
        platform.register(sink.url("/no-database"), "product.created");
        TestPlatform.postgres().stop();
        try {
            // When
            platform.emit(Topics.INVENTORY_EVENTS, "product.created", DATA);

            // Then
            awaitRequests("/no-database", 1);
        } finally {
            TestPlatform.postgres().start();
        }
    }

    @Test
    void deliveriesGoOnAfterTheBrokerWasKilled() {
        // Given
        sink.answers("/no-broker", 500);
        platform.register(sink.url("/no-broker"), one -> retrying(one, 3, 2_000), "product.created");
        EventEnvelope before = platform.emit(Topics.INVENTORY_EVENTS, "product.created", DATA);
        awaitRequests("/no-broker", 1);

        // When
        TestPlatform.kafka().kill();
        TestPlatform.kafka().start();
        EventEnvelope after = platform.emit(Topics.INVENTORY_EVENTS, "product.created", DATA);

        // Then
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(sink.at("/no-broker"))
                .extracting(request -> request.header("webhook-id"))
                .contains(after.id())
                .filteredOn(before.id()::equals)
                .hasSizeGreaterThanOrEqualTo(2));
    }

    private List<Sink.Received> awaitRequests(String path, int count) {
        await().atMost(SOON).untilAsserted(() -> assertThat(sink.at(path)).hasSize(count));
        return sink.at(path);
    }

    private List<DeliveryAttempt> awaitAttempts(EventEnvelope event, DeliveryAttempt.Next... nexts) {
        await().atMost(SOON).untilAsserted(() -> assertThat(attempts(event))
                .extracting(DeliveryAttempt::next)
                .containsExactly(nexts));
        return attempts(event);
    }

    private List<DeliveryAttempt> attempts(EventEnvelope event) {
        return platform.read(Topics.ATTEMPTS).stream()
                .map(entry -> DeliveryAttempt.read(entry.value()))
                .filter(attempt -> attempt.eventId().equals(event.id()))
                .toList();
    }

    private ConsumerRecord<byte[], byte[]> awaitDeadLetter(byte[] data, String reason) {
        return await().atMost(SOON)
                .until(
                        () -> platform.read(Topics.DEAD_LETTERS).stream()
                                .filter(dead -> java.util.Arrays.equals(data, dead.value()))
                                .filter(dead ->
                                        DeadLetter.read(dead.headers()).reason().equals(reason))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    private static EndpointRegistration retrying(EndpointRegistration one, int retries, long delayMs) {
        return one.toBuilder()
                .retry(new EndpointRegistration.RetryConfig(retries, delayMs, 1, null))
                .build();
    }

    private static EndpointRegistration filtered(EndpointRegistration one, String filters) {
        return one.toBuilder().filters(filters).build();
    }

    private static EndpointRegistration inactive(EndpointRegistration one) {
        return one.toBuilder().version(one.version() + 1).isActive(false).build();
    }
}
