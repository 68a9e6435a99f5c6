package io.stockhook.events.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.events.EventData;
import io.stockhook.events.EventEnvelope;
import io.stockhook.events.filter.FieldPath;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceTests {

    private static final FieldPath PATH = FieldPath.parse("product.id");
    private static final Instant NOW = Instant.parse("2026-01-15T10:30:00Z");

    @ParameterizedTest
    @CsvSource({"'\"SHIRT-1\"', SHIRT-1", "17, 17", "true, true", "'[\"A\",\"B\"]', ''"})
    void keyIsTheTextOfTheFieldsValue(String value, String key) {
        Sequence sequence = Sequence.of(data("{\"product\":{\"id\":" + value + "}}"), PATH);

        assertThat(sequence).isEqualTo(key.isEmpty() ? null : new Sequence(key, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"product\":{\"id\":null}}", "{\"product\":{\"id\":\"\"}}", "no json", "[]"})
    void dataWithoutTheFieldHasNoKey(String data) {
        assertThat(Sequence.of(data(data), PATH)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\u0000b", "0123456789012345678901234567890123456789012345678901234567890123456789"})
    void keyThatIsLongOrCannotBeStoredIsReplacedByItsHash(String value) {
        Sequence sequence = Sequence.of(data("{\"product\":{\"id\":\"" + value + "\"}}"), PATH);

        assertThat(sequence == null ? null : sequence.key()).matches("sha256:[0-9a-f]{64}");
    }

    @Test
    void newRoundOfRetriesGoesOnNumberingAndCountsFromTheBeginning() {
        // Given
        DeliveryTask last = task().retry(NOW, NOW).retry(NOW, NOW).inSequence(new Sequence("A", 0));

        // When
        DeliveryTask anew = last.newRound(NOW);

        // Then
        assertThat(anew.attempt()).isEqualTo(4);
        assertThat(anew.attemptOfRound()).isEqualTo(1);
        assertThat(anew.retry(NOW, NOW).attemptOfRound()).isEqualTo(2);
        assertThat(anew.firstAttemptAt()).isNull();
        assertThat(anew.sequence()).isEqualTo(new Sequence("A", 3));
        assertThat(anew.ofRun(2, NOW, null).attemptOfRound()).isEqualTo(1);
    }

    private static DeliveryTask task() {
        EventEnvelope event = new EventEnvelope(
                "evt_1", "order.moved", "/shop", null, NOW, "ten_1", null, null, null, "{}".getBytes(UTF_8));
        return DeliveryTask.first(event, "wh_1", "order.moved", NOW);
    }

    private static EventData data(String json) {
        return new EventData(json.getBytes(UTF_8));
    }
}
