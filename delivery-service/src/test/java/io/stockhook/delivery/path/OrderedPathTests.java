package io.stockhook.delivery.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stockhook.delivery.engine.Engine;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EndpointRegistration.Ordered;
import io.stockhook.events.EndpointRegistration.RetryConfig;
import io.stockhook.events.EndpointVerdict;
import io.stockhook.events.EventEnvelope;
import io.stockhook.events.Ids;
import io.stockhook.events.Topics;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.events.delivery.DeliveryAttempt.Next;
import io.stockhook.events.delivery.RunControl;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.TestPlatform;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ordered endpoints, on a real broker and a real database. */
@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "delivery"))
class OrderedPathTests {

    private static final String TYPE = "order.moved";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Pattern NUMBER = Pattern.compile("\"n\":(\\d+)");
    private static final Ordered IN_ONE_ORDER = new Ordered(null, false);
    private static final RetryConfig AFTER_A_WHILE = new RetryConfig(5, 1_500, 1, null);

    @ConfigProperty(name = "stockhook.secrets.master-keys")
    String masterKeys;

    @Inject
    Engine engine;

    @Inject
    AgroalDataSource database;

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
    void eventsArriveOneAtATimeInTheirOrder() {
        // Given
        register("/order", IN_ONE_ORDER);

        // When
        emit(0, 100);

        // Then
        awaitFirstReceipts("/order", upTo(100));
        assertThat(sink.at("/order")).hasSize(100);
    }

    @Test
    void deliveryThatFailsHoldsBackThoseAfterItUntilItSucceeds() {
        // Given
        sink.answers("/failing", 500, 500);
        EndpointRegistration webhook = register("/failing", IN_ONE_ORDER);

        // When
        List<EventEnvelope> events = emit(0, 10);

        // Then
        await().atMost(SOON).until(() -> backlogOf(webhook) == 10);
        awaitFirstReceipts("/failing", upTo(10));
        await().atMost(SOON).untilAsserted(() -> assertThat(attempts(events.get(0)))
                .extracting(DeliveryAttempt::next)
                .containsExactly(Next.RETRY, Next.RETRY, Next.DELIVERED));
        List<DeliveryAttempt> attempts = attempts(events.get(0));
        assertThat(attempts.get(0).nextRetryAt()).isAfter(attempts.get(0).startedAt());
        await().atMost(SOON).until(() -> backlogOf(webhook) == 0);
        assertThat(sink.at("/failing")).hasSize(12);
    }

    @Test
    void eventsOfAnotherKeyGoOnWhileThoseOfOneWait() throws Exception {
        // Given
        sink.rejects("/keys", "\"product\":{\"id\":\"A\"}");
        EndpointRegistration webhook = register("/keys", new Ordered("product.id", false));

        // When
        for (int n = 0; n < 20; n++) {
            emit("{\"n\":" + n + ",\"product\":{\"id\":\"" + (n % 2 == 0 ? "A" : "B") + "\"}}");
        }

        // Then
        List<Integer> ofA = IntStream.range(0, 10).mapToObj(n -> 2 * n).toList();
        List<Integer> ofB = IntStream.range(0, 10).mapToObj(n -> 2 * n + 1).toList();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(firstReceipts("/keys").stream().filter(ofB::contains))
                        .containsExactlyElementsOf(ofB));
        assertThat(firstReceipts("/keys").stream().filter(ofA::contains)).containsExactly(0);
        assertThat(backlogOf(webhook)).isGreaterThanOrEqualTo(10);
        sink.accepts("/keys");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(firstReceipts("/keys").stream().filter(ofA::contains))
                        .containsExactlyElementsOf(ofA));
    }

    @Test
    void deliveryThatIsGivenUpIsADeadLetterAndSkipped() {
        // Given
        sink.rejects("/skip", "\"n\":1}");
        register("/skip", one -> one.toBuilder()
                .ordered(IN_ONE_ORDER)
                .retry(new RetryConfig(1, 0, 1, null))
                .build());

        // When
        List<EventEnvelope> events = emit(0, 5);

        // Then
        awaitFirstReceipts("/skip", upTo(5));
        await().atMost(SOON).untilAsserted(() -> assertThat(attempts(events.get(1)))
                .extracting(DeliveryAttempt::next)
                .containsExactly(Next.RETRY, Next.DEAD));
        await().atMost(SOON).until(() -> !platform.tasksOf(events.get(1), Topics.DEAD_LETTERS)
                .isEmpty());
    }

    @Test
    void deliveryThatIsGivenUpSuspendsTheEndpointThatAskedForItUntilItIsEnabled() {
        // Given
        sink.rejects("/suspend", "\"n\":1}");
        EndpointRegistration webhook = register("/suspend", one -> one.toBuilder()
                .ordered(new Ordered(null, true))
                .retry(new RetryConfig(1, 0, 1, null))
                .build());

        // When
        List<EventEnvelope> events = emit(0, 5);

        // Then
        EndpointVerdict verdict = await().atMost(SOON)
                .until(() -> verdicts(webhook), verdicts -> verdicts.size() == 1)
                .get(0);
        assertThat(verdict.reason()).isEqualTo(EndpointVerdict.HEAD_EXHAUSTED);
        assertThat(verdict.lastError()).isEqualTo("http_500");
        await().atMost(SOON).until(() -> backlogOf(webhook) == 4);
        await().atMost(SOON).untilAsserted(() -> assertThat(attempts(events.get(1)))
                .extracting(DeliveryAttempt::next)
                .containsExactly(Next.RETRY, Next.HELD));
        assertThat(firstReceipts("/suspend")).containsExactly(0, 1);

        // When
        EndpointRegistration disabled = changed(webhook, one -> one.toBuilder()
                .isActive(false)
                .disabledReason("given up")
                .build());
        events.addAll(emit(5, 7));
        await().atMost(SOON).until(() -> backlogOf(webhook) == 6);
        sink.accepts("/suspend");
        changed(
                disabled,
                one -> one.toBuilder().isActive(true).disabledReason(null).build());

        // Then
        awaitFirstReceipts("/suspend", upTo(7));
        await().atMost(SOON).untilAsserted(() -> assertThat(attempts(events.get(1)))
                .extracting(DeliveryAttempt::attempt)
                .containsExactly(1, 2, 3));
        assertThat(platform.tasksOf(events.get(1), Topics.DEAD_LETTERS)).isEmpty();
    }

    @Test
    void whatWaitsForADisabledEndpointIsDeliveredInItsOrderOnceItIsEnabled() {
        // Given
        sink.answers("/disabled", 500);
        EndpointRegistration webhook = register("/disabled", IN_ONE_ORDER);
        List<EventEnvelope> events = emit(0, 5);
        await().atMost(SOON).until(() -> backlogOf(webhook) == 5);

        // When
        EndpointRegistration disabled =
                changed(webhook, one -> one.toBuilder().isActive(false).build());

        // Then
        await().during(Duration.ofSeconds(2))
                .atMost(SOON)
                .until(() -> sink.at("/disabled").size() == 1);

        // When
        changed(disabled, one -> one.toBuilder().isActive(true).build());

        // Then
        awaitFirstReceipts("/disabled", upTo(5));
        assertThat(events).allSatisfy(event -> assertThat(attempts(event))
                .extracting(DeliveryAttempt::next)
                .doesNotContain(Next.HELD));
    }

    @Test
    void whatWaitsForADeletedEndpointIsDropped() {
        // Given
        sink.answers("/deleted", 500);
        EndpointRegistration webhook = register("/deleted", IN_ONE_ORDER);
        List<EventEnvelope> events = emit(0, 3);
        await().atMost(SOON).until(() -> backlogOf(webhook) == 3);

        // When
        platform.delete(webhook);

        // Then
        await().atMost(SOON).until(() -> backlogOf(webhook) == 0);
        assertThat(events).allSatisfy(event -> assertThat(attempts(event))
                .last()
                .extracting(DeliveryAttempt::reason)
                .isEqualTo("endpoint_deleted"));
        assertThat(sink.at("/deleted")).hasSize(1);
    }

    @Test
    void cancelledDeliveryIsPassedOverWhenItsTurnComes() {
        // Given
        sink.answers("/cancelled", 500);
        EndpointRegistration webhook = register("/cancelled", IN_ONE_ORDER);
        List<EventEnvelope> events = emit(0, 3);
        await().atMost(SOON).until(() -> backlogOf(webhook) == 3);

        // When
        Instant now = Instant.now();
        String second = Ids.delivery(
                events.get(1).id(), webhook.endpointId(), events.get(1).time());
        platform.send(new RunControl(second, 2, true, now, now.plusSeconds(60)).toRecord());

        // Then
        awaitFirstReceipts("/cancelled", List.of(0, 2));
        await().atMost(SOON).untilAsserted(() -> assertThat(attempts(events.get(1)))
                .extracting(DeliveryAttempt::reason)
                .containsExactly("cancelled"));
    }

    @Test
    void whatWaitsIsDeliveredWhenTheEndpointIsNotOrderedAnyMore() {
        // Given
        sink.answers("/released", 500);
        EndpointRegistration webhook = register("/released", IN_ONE_ORDER);
        emit(0, 20);
        await().atMost(SOON).until(() -> backlogOf(webhook) == 20);

        // When
        changed(webhook, one -> one.toBuilder().ordered(null).build());

        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(firstReceipts("/released"))
                .containsExactlyInAnyOrderElementsOf(upTo(20)));
        await().atMost(SOON).until(() -> backlogOf(webhook) == 0);
    }

    @Test
    void whatWaitsOnTheWheelIsDeliveredWhenTheEndpointHasBecomeOrdered() {
        // Given
        sink.answers("/ordered-now", 500, 500, 500);
        EndpointRegistration webhook = register(
                "/ordered-now", one -> one.toBuilder().retry(AFTER_A_WHILE).build());
        emit(0, 3);
        await().atMost(SOON).until(() -> sink.at("/ordered-now").size() == 3);

        // When
        changed(webhook, one -> one.toBuilder().ordered(IN_ONE_ORDER).build());

        // Then
        await().atMost(SOON).until(() -> sink.at("/ordered-now").size() == 6);
    }

    @Test
    void orderIsKeptWhilePartitionsAreTakenAwayAndComeBack() {
        // Given
        sink.answers("/rebalanced", 500, 500, 500);
        EndpointRegistration webhook = register("/rebalanced", IN_ONE_ORDER);
        emit(0, 30);
        await().atMost(SOON).until(() -> backlogOf(webhook) == 30);

        // When
        takeAllPartitionsForAMoment();
        emit(30, 60);

        // Then
        awaitFirstReceipts("/rebalanced", upTo(60));
        await().atMost(SOON).until(() -> backlogOf(webhook) == 0);
    }

    @Test
    void orderIsKeptAlthoughSomebodyElseHasClaimedTheBacklogInTheMeantime() throws SQLException {
        // Given
        sink.answers("/claimed", 500);
        EndpointRegistration webhook = register("/claimed", IN_ONE_ORDER);
        emit(0, 10);
        await().atMost(SOON).until(() -> backlogOf(webhook) == 10);

        // When
        try (Connection connection = database.getConnection();
                PreparedStatement claim = connection.prepareStatement(
                        "update ordered_partition set epoch = epoch + 1 where kafka_partition = ?")) {
            claim.setInt(1, partitionOf(webhook));
            claim.executeUpdate();
        }
        emit(10, 20);

        // Then
        awaitFirstReceipts("/claimed", upTo(20));
        await().atMost(SOON).until(() -> backlogOf(webhook) == 0);
    }

    @Test
    void orderIsKeptWhilePostgresIsAwayAndOthersAreNotDelayed() {
        // Given
        register("/healthy", IN_ONE_ORDER);
        EndpointRegistration webhook = register("/unlucky", IN_ONE_ORDER);
        emit(0, 3);
        awaitFirstReceipts("/healthy", upTo(3));
        awaitFirstReceipts("/unlucky", upTo(3));
        sink.answers("/unlucky", 500);

        // When
        TestPlatform.postgres().stop();
        try {
            emit(3, 20);

            // Then
            awaitFirstReceipts("/healthy", upTo(20));
        } finally {
            TestPlatform.postgres().start();
        }
        awaitFirstReceipts("/unlucky", upTo(20));
        await().atMost(SOON).until(() -> backlogOf(webhook) == 0);
    }

    private void takeAllPartitionsForAMoment() {
        try (KafkaConsumer<byte[], byte[]> other = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        TestPlatform.bootstrapServers(),
                        ConsumerConfig.GROUP_ID_CONFIG,
                        Engine.ORDERED_GROUP,
                        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                        CooperativeStickyAssignor.class.getName(),
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            other.subscribe(List.of(Topics.ORDERED_TASKS));
            await().atMost(SOON).until(() -> {
                other.poll(Duration.ofMillis(100));
                return !other.assignment().isEmpty();
            });
        }
    }

    private int partitionOf(EndpointRegistration webhook) {
        byte[] key = Platform.utf8(webhook.endpointId());
        return Utils.toPositive(Utils.murmur2(key)) % Topics.orderedTasks().partitions();
    }

    private EndpointRegistration register(String path, Ordered ordered) {
        return register(
                path,
                one -> one.toBuilder().ordered(ordered).retry(AFTER_A_WHILE).build());
    }

    private EndpointRegistration register(String path, UnaryOperator<EndpointRegistration> change) {
        return change.apply(platform.register(sink.url(path), change, TYPE));
    }

    /** The next state of the webhook, published. */
    private EndpointRegistration changed(EndpointRegistration webhook, UnaryOperator<EndpointRegistration> change) {
        EndpointRegistration next =
                change.apply(webhook.toBuilder().version(webhook.version() + 1).build());
        platform.publish(next);
        return next;
    }

    private List<EventEnvelope> emit(int from, int to) {
        List<EventEnvelope> events = new ArrayList<>();
        for (int n = from; n < to; n++) {
            events.add(emit("{\"n\":" + n + "}"));
        }
        return events;
    }

    private EventEnvelope emit(String data) {
        return platform.emit(Topics.RECEIVED_EVENTS, TYPE, data);
    }

    private static List<Integer> upTo(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    private void awaitFirstReceipts(String path, List<Integer> numbers) {
        await().atMost(SOON).untilAsserted(() -> assertThat(firstReceipts(path)).containsExactlyElementsOf(numbers));
    }

    private List<Integer> firstReceipts(String path) {
        return sink.at(path).stream()
                .map(request -> NUMBER.matcher(request.text())
                        .results()
                        .map(MatchResult::group)
                        .map(match -> Integer.valueOf(match.substring(4)))
                        .findFirst()
                        .orElseThrow())
                .distinct()
                .toList();
    }

    private long backlogOf(EndpointRegistration webhook) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement wall =
                        connection.prepareStatement("select set_config('stockhook.tenant', '*', false)");
                PreparedStatement count =
                        connection.prepareStatement("select count(*) from ordered_backlog where endpoint_id = ?")) {
            wall.execute();
            count.setObject(1, Ids.uuid(Ids.Kind.WEBHOOK, webhook.endpointId()));
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getLong(1);
            } finally {
                connection.prepareStatement("reset stockhook.tenant").execute();
            }
        }
    }

    private List<EndpointVerdict> verdicts(EndpointRegistration webhook) {
        return platform.read(Topics.ENDPOINT_VERDICTS).stream()
                .map(entry -> EndpointVerdict.read(entry.value()))
                .filter(verdict -> verdict.endpointId().equals(webhook.endpointId()))
                .toList();
    }

    private List<DeliveryAttempt> attempts(EventEnvelope event) {
        return platform.read(Topics.ATTEMPTS).stream()
                .map(entry -> DeliveryAttempt.read(entry.value()))
                .filter(attempt -> attempt.eventId().equals(event.id()))
                .toList();
    }
}
