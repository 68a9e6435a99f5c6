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
import io.stockhook.events.EventTypeRecord;
import io.stockhook.events.EventTypeRecord.Version;
import io.stockhook.events.Topics;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.TestPlatform;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "delivery"))
class PayloadVersionPathTests {

    private static final String TYPE = "crm.lead_won";
    private static final String DATA =
            "{\"lead\": \"L-1\", \"total\": {\"amount\": 1.50, \"currency\": \"EUR\"}, \"owner\": \"Jane\"}";

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
        try (Topic topic = new Topic()) {
            topic.eventType(new EventTypeRecord(
                    platform.tenant(),
                    TYPE,
                    List.of(),
                    false,
                    List.of(
                            new Version(1, "{\"properties\": {\"lead\": {}, \"amount\": {}}}", null, Instant.EPOCH),
                            new Version(
                                    2,
                                    "{\"properties\": {\"lead\": {}, \"total\": {}}}",
                                    "{\"lead\": {{{lead}}}, \"amount\": {{{total.amount}}}}",
                                    Instant.EPOCH),
                            new Version(
                                    3,
                                    "{\"properties\": {\"lead\": {}, \"total\": {}, \"owner\": {}}}",
                                    null,
                                    Instant.EPOCH))));
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> types.types().find(platform.tenant(), TYPE) != null);
    }

    @AfterEach
    void stop() {
        platform.close();
        sink.close();
    }

    @Test
    void eachEndpointGetsTheVersionThatItAskedFor() {
        // Given
        platform.register(sink.url("/newest"), TYPE);
        for (int version = 1; version <= 4; version++) {
            int wanted = version;
            platform.register(
                    sink.url("/v" + version),
                    webhook -> webhook.toBuilder()
                            .payloadVersion(wanted)
                            .payloadFormat("raw")
                            .headerPrefix("X-Acme-")
                            .build(),
                    TYPE);
        }

        // When
        platform.emit(Topics.RECEIVED_EVENTS, TYPE, DATA);

        // Then
        assertThat(at("/newest").text()).endsWith("\"data\":" + DATA + "}");
        assertThat(at("/newest").headers().keySet()).noneMatch("X-Webhook-Version"::equalsIgnoreCase);
        assertThat(at("/v4").text()).isEqualTo(DATA);
        assertThat(at("/v4").header("X-Acme-Version")).isEqualTo("3");
        assertThat(at("/v3").text()).isEqualTo(DATA);
        assertThat(at("/v3").header("X-Acme-Version")).isEqualTo("3");
        assertThat(at("/v2").text())
                .isEqualTo("{\"lead\": \"L-1\",\"total\": {\"amount\": 1.50, \"currency\": \"EUR\"}}");
        assertThat(at("/v2").header("X-Acme-Version")).isEqualTo("2");
        assertThat(at("/v1").text()).isEqualTo("{\"lead\": \"L-1\", \"amount\": 1.50}");
        assertThat(at("/v1").header("X-Acme-Version")).isEqualTo("1");
    }

    @Test
    void whatEnvelopesTheDataEnvelopesTheVersionThatWasAskedFor() {
        // Given
        platform.register(
                sink.url("/cloudevents"),
                webhook -> webhook.toBuilder()
                        .payloadVersion(1)
                        .payloadFormat("cloudevents")
                        .build(),
                TYPE);

        // When
        platform.emit(Topics.RECEIVED_EVENTS, TYPE, DATA);

        // Then
        assertThat(at("/cloudevents").text()).endsWith("\"data\":{\"lead\": \"L-1\", \"amount\": 1.50}}");
    }

    @Test
    void aBatchHasItsEventsInTheVersionThatWasAskedFor() {
        // Given
        platform.register(
                sink.url("/batch"),
                webhook -> webhook.toBuilder()
                        .payloadVersion(1)
                        .batch(new EndpointRegistration.Batch(2, 5_000))
                        .build(),
                TYPE);

        // When
        platform.emit(Topics.RECEIVED_EVENTS, TYPE, DATA);
        platform.emit(Topics.RECEIVED_EVENTS, TYPE, DATA);

        // Then
        assertThat(at("/batch").text())
                .startsWith("[")
                .contains("\"data\":{\"lead\": \"L-1\", \"amount\": 1.50}")
                .doesNotContain("total");
    }

    @Test
    void anEventThatNamesItsVersionIsOfThatOne() {
        // Given
        String data = "{\"lead\": \"L-2\", \"amount\": 7, \"more\": true}";
        platform.register(
                sink.url("/named"),
                webhook -> webhook.toBuilder()
                        .payloadVersion(2)
                        .payloadFormat("raw")
                        .build(),
                TYPE);

        // When
        var event = platform.event(TYPE, data);
        var headers = event.headers();
        headers.add(new org.apache.kafka.common.header.internals.RecordHeader(
                "ce_dataschema",
                "https://hooks.example.com/api/v1/event-types/crm.lead_won/versions/1"
                        .getBytes(StandardCharsets.UTF_8)));
        platform.send(new ProducerRecord<>(
                Topics.RECEIVED_EVENTS,
                null,
                event.recordKey().getBytes(StandardCharsets.UTF_8),
                event.data(),
                headers));

        // Then
        assertThat(at("/named").text()).isEqualTo(data);
        assertThat(at("/named").header("X-Webhook-Version")).isEqualTo("1");
    }

    @Test
    void ofATypeThatNobodyKnowsTheDataStaysAsItIs() {
        // Given
        platform.register(
                sink.url("/unknown"),
                webhook -> webhook.toBuilder()
                        .payloadVersion(1)
                        .payloadFormat("raw")
                        .build(),
                "crm.*");

        // When
        platform.emit(Topics.RECEIVED_EVENTS, "crm.nobody_knows", DATA);

        // Then
        assertThat(at("/unknown").text()).isEqualTo(DATA);
        assertThat(at("/unknown").headers().keySet()).noneMatch("X-Webhook-Version"::equalsIgnoreCase);
    }

    private Sink.Received at(String path) {
        await().atMost(Duration.ofSeconds(20)).until(() -> !sink.at(path).isEmpty());
        return sink.at(path).get(0);
    }
}
