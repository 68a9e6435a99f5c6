package io.stockhook.delivery.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.stockhook.delivery.eventtype.PayloadVersions;
import io.stockhook.delivery.registry.EndpointRegistry;
import io.stockhook.delivery.stream.Mover;
import io.stockhook.delivery.wheel.DelayLadder;
import io.stockhook.delivery.wheel.Schedule;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EventEnvelope;
import io.stockhook.events.EventTypeRecord;
import io.stockhook.events.EventTypeTable;
import io.stockhook.events.Ids;
import io.stockhook.events.Json;
import io.stockhook.events.MalformedRecordException;
import io.stockhook.events.Topics;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.events.delivery.DeliveryTask;
import io.stockhook.events.delivery.Sequence;
import io.stockhook.events.log.CompactedRecord;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FanoutTests {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final EventEnvelope EVENT = new EventEnvelope(
            "evt_1",
            "product.created",
            "/inventory",
            "prd_1",
            NOW,
            "ten_1",
            null,
            null,
            null,
            "{\"a\": 1}".getBytes(UTF_8));

    private final EndpointRegistry registry = new EndpointRegistry();
    private final EventTypeTable<PayloadVersions> types = new EventTypeTable<>(PayloadVersions::of);
    private final List<ProducerRecord<byte[], byte[]>> tasks = new ArrayList<>();
    private Instant registryCompleteAt = NOW;
    private final Fanout fanout = new Fanout(
            registry,
            types,
            () -> registryCompleteAt,
            new Schedule(new DelayLadder(List.of(Duration.ofSeconds(1), Duration.ofMinutes(1))), unused -> 1),
            new SimpleMeterRegistry(),
            Clock.fixed(NOW, ZoneOffset.UTC));

    @BeforeEach
    void endpoints() throws IOException {
        know(new EventTypeRecord(
                null,
                "product.created",
                List.of("catalog.product.created"),
                false,
                List.of(
                        new EventTypeRecord.Version(1, null, null, Instant.EPOCH),
                        new EventTypeRecord.Version(2, null, null, NOW))));
        register("wh_1", "ten_1", "product.*");
        register("wh_2", "ten_1", "catalog.product.created");
        register("wh_3", "ten_1", "order.paid");
        register("wh_4", "ten_2", "*");
    }

    private void know(EventTypeRecord type) throws IOException {
        String key = EventTypeRecord.key(type.tenantId(), type.name());
        types.apply(new CompactedRecord(key, Json.write(type), 0, NOW));
    }

    @Test
    void aTaskSaysOfWhichVersionItsDataIs() {
        // Given
        EventEnvelope older = new EventEnvelope(
                "evt_older",
                EVENT.type(),
                EVENT.source(),
                EVENT.subject(),
                EVENT.time(),
                EVENT.tenantId(),
                "https://hooks.example.com/api/v1/event-types/product.created/versions/1",
                null,
                null,
                EVENT.data());

        // When
        fanout.move(record(EVENT), tasks::add);
        fanout.move(record(older), tasks::add);

        // Then
        assertThat(tasks)
                .extracting(task -> DeliveryTask.read(task.headers(), task.value()))
                .extracting(DeliveryTask::eventId, DeliveryTask::dataVersion)
                .containsOnly(tuple(EVENT.id(), 2), tuple("evt_older", 1));
    }

    @Test
    void makesATaskForEachEndpointOfTheTenantThatAskedForTheType() {
        // When
        fanout.move(record(EVENT), tasks::add);

        // Then
        assertThat(tasks)
                .allMatch(task -> task.topic().equals(Topics.TASKS))
                .extracting(task -> new String(task.key(), UTF_8))
                .containsExactlyInAnyOrder("wh_1", "wh_2");
        assertThat(tasks).allSatisfy(task -> assertThat(task.value()).isEqualTo(EVENT.data()));
    }

    @Test
    void deliversUnderTheSpellingThatWasAskedForAndADerivedId() {
        // When
        fanout.move(record(EVENT), tasks::add);

        // Then
        assertThat(tasks)
                .extracting(task -> DeliveryTask.read(task.headers(), task.value()))
                .allSatisfy(task -> {
                    assertThat(task.deliveryId()).isEqualTo(Ids.delivery("evt_1", task.endpointId(), NOW));
                    assertThat(task.run()).isEqualTo(1);
                    assertThat(task.attempt()).isEqualTo(1);
                    assertThat(task.due()).isEqualTo(NOW);
                })
                .extracting(DeliveryTask::subscribedAs)
                .containsExactlyInAnyOrder("product.created", "catalog.product.created");
    }

    @Test
    void taskOfAnOrderedEndpointGoesToATopicOfItsOwnWithItsKey() throws IOException {
        // Given
        EndpointRegistration ordered = EndpointRegistration.builder(
                        "wh_5", "ten_1", "https://example.com/", List.of("product.*"))
                .version(1)
                .ordered(new EndpointRegistration.Ordered("a", false))
                .build();
        registry.apply(new CompactedRecord("wh_5", Json.write(ordered), 0, NOW));

        // When
        fanout.move(record(EVENT), tasks::add);

        // Then
        assertThat(tasks)
                .filteredOn(task -> task.topic().equals(Topics.ORDERED_TASKS))
                .singleElement()
                .satisfies(task -> assertThat(
                                DeliveryTask.read(task.headers(), task.value()).sequence())
                        .isEqualTo(new Sequence("1", 0)));
    }

    @Test
    void countsAWebhookForEventsThatAreASecondYounger() {
        // Given
        registryCompleteAt = NOW.minus(Fanout.REGISTRY_LAG);

        // When
        fanout.move(record(EVENT), tasks::add);

        // Then
        assertThat(tasks).hasSize(2);
    }

    @Test
    void eventForLaterWaitsOnTheWheelAndItsDeliveriesAreKnown() {
        // Given
        Instant deliverAt = NOW.plusSeconds(90);

        // When
        fanout.move(record(scheduled(deliverAt)), tasks::add);

        // Then
        assertThat(tasks)
                .filteredOn(task -> task.topic().equals("stockhook.deliveries.delay.1m"))
                .extracting(
                        task -> DeliveryTask.read(task.headers(), task.value()).due())
                .containsExactly(deliverAt, deliverAt);
        assertThat(tasks)
                .filteredOn(task -> task.topic().equals(Topics.ATTEMPTS))
                .extracting(task -> DeliveryAttempt.read(task.value()))
                .allSatisfy(entry -> {
                    assertThat(entry.next()).isEqualTo(DeliveryAttempt.Next.SCHEDULED);
                    assertThat(entry.nextRetryAt()).isEqualTo(deliverAt);
                })
                .hasSize(2);
        assertThat(tasks).hasSize(4);
    }

    @Test
    void eventWhoseTimeForDeliveryIsPastGoesAtOnce() {
        // When
        fanout.move(record(scheduled(NOW.minusSeconds(90))), tasks::add);

        // Then
        assertThat(tasks).hasSize(2).allMatch(task -> task.topic().equals(Topics.TASKS));
    }

    @Test
    void endpointsDelayCountsFromWhenTheEventIsThereForEverybody() throws IOException {
        // Given
        registry.apply(new CompactedRecord(
                "wh_5",
                Json.write(EndpointRegistration.builder("wh_5", "ten_3", "https://example.com/", List.of("*"))
                        .delayMs(5_000)
                        .build()),
                0,
                NOW));
        EventEnvelope atOnce = ofTenant("ten_3", null);
        EventEnvelope later = ofTenant("ten_3", NOW.plusSeconds(60));

        // When
        fanout.move(record(atOnce), tasks::add);
        fanout.move(record(later), tasks::add);

        // Then
        assertThat(tasks)
                .filteredOn(task -> !task.topic().equals(Topics.ATTEMPTS))
                .extracting(
                        task -> DeliveryTask.read(task.headers(), task.value()).due())
                .containsExactly(NOW.plusSeconds(5), NOW.plusSeconds(65));
    }

    @Test
    void waitsForARegistryThatFellFurtherBehindInsteadOfMissingAWebhook() {
        // Given
        registryCompleteAt = NOW.minus(Fanout.REGISTRY_LAG).minusMillis(1);

        // Then
        assertThatThrownBy(() -> fanout.move(record(EVENT), tasks::add)).isInstanceOf(Mover.NotYetException.class);
        assertThat(tasks).isEmpty();
    }

    @Test
    void callsARecordMalformedThatIsNoEventEvenWhileItWaits() {
        // Given
        registryCompleteAt = Instant.EPOCH;
        ConsumerRecord<byte[], byte[]> noEvent = new ConsumerRecord<>(Topics.INVENTORY_EVENTS, 0, 0, null, new byte[0]);

        // Then
        assertThatThrownBy(() -> fanout.move(noEvent, tasks::add)).isInstanceOf(MalformedRecordException.class);
    }

    @Test
    void makesNoTaskForAnEndpointWhoseFilterTheDataDoesNotSatisfy() throws IOException {
        // Given
        register("wh_1", "ten_1", "product.*", "{\"a\": 2}");
        register("wh_2", "ten_1", "product.*", "{\"a\": 1}");
        register("wh_3", "ten_1", "product.*", "{\"a\": {\"$ne\": 1}}");

        // When
        fanout.move(record(EVENT), tasks::add);

        // Then
        assertThat(tasks).extracting(task -> new String(task.key(), UTF_8)).containsExactly("wh_2");
        assertThat(tasks.get(0).value()).isEqualTo(EVENT.data());
    }

    @Test
    void makesNoTaskForAnEndpointWhoseFilterCannotBeCompiled() throws IOException {
        // Given
        register("wh_1", "ten_1", "product.*", "{\"a\": {\"$newer\": 1}}");

        // When
        fanout.move(record(EVENT), tasks::add);

        // Then
        assertThat(tasks).extracting(task -> new String(task.key(), UTF_8)).containsExactly("wh_2");
    }

    @Test
    void dataThatIsNoJsonReachesTheEndpointsWithoutAFilter() throws IOException {
        // Given
        register("wh_1", "ten_1", "product.*", "{\"a\": {\"$ne\": 1}}");
        EventEnvelope event = new EventEnvelope(
                "evt_1", "product.created", "/inventory", "prd_1", NOW, "ten_1", null, null, null, new byte[] {'{'});

        // When
        fanout.move(record(event), tasks::add);

        // Then
        assertThat(tasks).extracting(task -> new String(task.key(), UTF_8)).containsExactly("wh_2");
    }

    private static EventEnvelope scheduled(Instant deliverAt) {
        return ofTenant("ten_1", deliverAt);
    }

    private static EventEnvelope ofTenant(String tenantId, @Nullable Instant deliverAt) {
        return new EventEnvelope(
                "evt_1", "product.created", "/inventory", "prd_1", NOW, tenantId, null, deliverAt, null, EVENT.data());
    }

    private void register(String id, String tenantId, String pattern) throws IOException {
        register(id, tenantId, pattern, null);
    }

    private void register(String id, String tenantId, String pattern, @Nullable String filters) throws IOException {
        EndpointRegistration registration = EndpointRegistration.builder(
                        id, tenantId, "https://example.com/", List.of(pattern))
                .version(filters == null ? 1 : 2)
                .filters(filters)
                .build();
        registry.apply(new CompactedRecord(id, Json.write(registration), 0, NOW));
    }

    private static ConsumerRecord<byte[], byte[]> record(EventEnvelope event) {
        return new ConsumerRecord<>(
                Topics.INVENTORY_EVENTS,
                0,
                0,
                NOW.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                event.data().length,
                event.recordKey().getBytes(UTF_8),
                event.data(),
                new RecordHeaders(event.headers()),
                Optional.empty());
    }
}
