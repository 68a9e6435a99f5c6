package io.stockhook.delivery.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockhook.delivery.Tasks;
import io.stockhook.events.delivery.DeliveryTask;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadFormatTests {

    private static final DeliveryTask TASK = Tasks.first("evt_1");

    @Test
    void standardIsTypeTimestampAndData() {
        assertThat(text(PayloadFormat.STANDARD))
                .isEqualTo("{\"type\":\"catalog.product.created\",\"timestamp\":\"2026-01-02T03:04:05.678Z\","
                        + "\"data\":{\"name\":\"Überraschung\"}}");
    }

    @Test
    void classicIsEventTimestampAndData() {
        assertThat(text(PayloadFormat.CLASSIC))
                .isEqualTo("{\"event\":\"catalog.product.created\",\"timestamp\":\"2026-01-02T03:04:05.678Z\","
                        + "\"data\":{\"name\":\"Überraschung\"}}");
    }

    @Test
    void cloudEventsIsTheStructuredMode() throws Exception {
        // When
        JsonNode event = new ObjectMapper().readTree(PayloadFormat.CLOUDEVENTS.body(TASK));

        // Then
        assertThat(event.get("specversion").textValue()).isEqualTo("1.0");
        assertThat(event.get("id").textValue()).isEqualTo("evt_1");
        assertThat(event.get("type").textValue()).isEqualTo("catalog.product.created");
        assertThat(event.get("source").textValue()).isEqualTo("/inventory");
        assertThat(event.get("subject").textValue()).isEqualTo("prd_1");
        assertThat(Instant.parse(event.get("time").textValue())).isEqualTo(Tasks.EVENT_TIME);
        assertThat(event.get("data").get("name").textValue()).isEqualTo("Überraschung");
        assertThat(PayloadFormat.CLOUDEVENTS.contentType()).isEqualTo("application/cloudevents+json");
    }

    @Test
    void rawIsTheDataAlone() {
        assertThat(PayloadFormat.RAW.body(TASK)).isEqualTo(TASK.data());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "STANDARD | {\"id\":\"evt_1\",\"type\":\"catalog.product.created\",\"timestamp\":\"2026-01-02T03:04:05.678Z\",\"data\":",
                "CLASSIC  | {\"id\":\"evt_1\",\"event\":\"catalog.product.created\",\"timestamp\":\"2026-01-02T03:04:05.678Z\",\"data\":",
                "RAW      | {\"id\":\"evt_1\",\"type\":\"catalog.product.created\",\"data\":"
            })
    void inABatchEachEventHasAnIdOfItsOwn(PayloadFormat format, String head) {
        // When
        BodyFormat.Element element = format.element(TASK);

        // Then
        assertThat(new String(element.bytes(), UTF_8)).isEqualTo(head + new String(TASK.data(), UTF_8) + '}');
        assertThat(format.batchContentType()).isEqualTo("application/json");
    }

    @Test
    void inABatchACloudEventIsAsItIsAlone() {
        assertThat(PayloadFormat.CLOUDEVENTS.element(TASK).bytes()).isEqualTo(PayloadFormat.CLOUDEVENTS.body(TASK));
        assertThat(PayloadFormat.CLOUDEVENTS.batchContentType()).isEqualTo("application/cloudevents-batch+json");
    }

    @ParameterizedTest
    @EnumSource(PayloadFormat.class)
    void inABatchAReplaySaysThatItIsOneAndTheDataIsFoundWhereItIs(PayloadFormat format) throws Exception {
        // Given
        DeliveryTask replay = TASK.ofRun(2, Tasks.EVENT_TIME, null);

        // When
        BodyFormat.Element element = format.element(replay);

        // Then
        assertThat(new ObjectMapper().readTree(element.bytes()).get("replay").booleanValue())
                .isTrue();
        int end = element.dataAt() + replay.data().length;
        assertThat(Arrays.copyOfRange(element.bytes(), element.dataAt(), end)).isEqualTo(replay.data());
    }

    @Test
    void textsOfTheEventCannotBreakOutOfTheirString() throws Exception {
        // Given
        String hostile = "evt\"},{\"\\\u0000\n\u2028";
        DeliveryTask task = Tasks.first(hostile);

        // When
        JsonNode event = new ObjectMapper().readTree(PayloadFormat.CLOUDEVENTS.body(task));

        // Then
        assertThat(event.get("id").textValue()).isEqualTo(hostile);
        assertThat(event.size()).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource({"standard, STANDARD", "classic, CLASSIC", "cloudevents, CLOUDEVENTS", "raw, RAW"})
    void isFoundByName(String name, PayloadFormat format) {
        assertThat(PayloadFormat.of(name)).isEqualTo(format);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "avro"})
    void isStandardForANameItDoesNotKnow(@Nullable String name) {
        assertThat(PayloadFormat.of(name)).isEqualTo(PayloadFormat.STANDARD);
    }

    private static String text(PayloadFormat format) {
        return new String(format.body(TASK), UTF_8);
    }
}
