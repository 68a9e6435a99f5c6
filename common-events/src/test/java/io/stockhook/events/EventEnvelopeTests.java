package io.stockhook.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventEnvelopeTests {

    private static final EventEnvelope EVENT = new EventEnvelope(
            "evt_1",
            "product.created",
            "/inventory",
            "prd_1",
            Instant.parse("2026-01-02T03:04:05.678901Z"),
            "ten_1",
            null,
            null,
            null,
            "{}".getBytes(UTF_8));

    @Test
    void isCloudEventsInTheBinaryModeOfKafka() {
        // When
        Headers headers = new RecordHeaders(EVENT.headers());

        // Then
        assertThat(text(headers, "ce_specversion")).isEqualTo("1.0");
        assertThat(text(headers, "ce_id")).isEqualTo("evt_1");
        assertThat(text(headers, "ce_type")).isEqualTo("product.created");
        assertThat(text(headers, "ce_source")).isEqualTo("/inventory");
        assertThat(text(headers, "ce_subject")).isEqualTo("prd_1");
        assertThat(text(headers, "ce_time")).isEqualTo("2026-01-02T03:04:05.678901Z");
        assertThat(text(headers, "ce_tenantid")).isEqualTo("ten_1");
        assertThat(text(headers, "content-type")).isEqualTo("application/json");
        assertThat(headers.lastHeader("ce_deliverat")).isNull();
    }

    @Test
    void ordersTheEventsOfOneSubject() {
        // Given
        EventEnvelope aboutNothing = EventEnvelope.read(without("ce_subject"), EVENT.data());

        // Then
        assertThat(EVENT.recordKey()).isEqualTo("ten_1:prd_1");
        assertThat(aboutNothing.recordKey()).isEqualTo("ten_1:evt_1");
    }

    @Test
    void readsATimeWithAnOffset() {
        // When
        EventEnvelope event = EventEnvelope.read(with("ce_time", "2026-01-02T04:04:05+01:00"), EVENT.data());

        // Then
        assertThat(event.time()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_specversion", "ce_id", "ce_type", "ce_source", "ce_time", "ce_tenantid"})
    void isMalformedWithoutARequiredHeader(String name) {
        assertThatThrownBy(() -> EventEnvelope.read(without(name), EVENT.data()))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining(name);
        assertThatThrownBy(() -> EventEnvelope.read(with(name, ""), EVENT.data()))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining(name);
    }

    @Test
    void isMalformedWithoutData() {
        assertThatThrownBy(() -> EventEnvelope.read(new RecordHeaders(EVENT.headers()), null))
                .isInstanceOf(MalformedRecordException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "now",
                "2026-01-02",
                "2026-01-02T03:04:05",
                "2026-13-02T03:04:05Z",
                "1767322800",
                "+10000-01-01T00:00:00Z",
                "+999999999-12-31T23:59:59Z",
                "-0001-12-31T23:59:59Z"
            })
    void isMalformedWithATimeThatRfc3339CannotWrite(String time) {
        assertThatThrownBy(() -> EventEnvelope.read(with("ce_time", time), EVENT.data()))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining("ce_time");
        assertThatThrownBy(() -> EventEnvelope.read(with("ce_deliverat", time), EVENT.data()))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining("ce_deliverat");
    }

    @Test
    void isMalformedInAnotherVersionOfCloudEvents() {
        assertThatThrownBy(() -> EventEnvelope.read(with("ce_specversion", "0.3"), EVENT.data()))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining("0.3");
    }

    private static Headers without(String name) {
        return new RecordHeaders(EVENT.headers()).remove(name);
    }

    private static Headers with(String name, String value) {
        return without(name).add(name, value.getBytes(UTF_8));
    }

    private static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), UTF_8);
    }
}
