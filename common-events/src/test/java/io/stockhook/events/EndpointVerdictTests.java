package io.stockhook.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointVerdictTests {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final EndpointVerdict VERDICT = new EndpointVerdict(
            "wh_1",
            "ten_1",
            1,
            7,
            EndpointVerdict.CONSECUTIVE_FAILURES,
            100,
            NOON.minusSeconds(900),
            "http_500",
            NOON);

    @Test
    void aVerdictIsReadAsItWasWritten() {
        assertThat(EndpointVerdict.read(Json.write(VERDICT))).isEqualTo(VERDICT);
    }

    @Test
    void aVerdictIsOfTheStateThatWasJudgedAlone() {
        // Given
        EndpointRegistration judged = EndpointRegistration.builder("wh_1", "ten_1", "https://a.example", List.of("*"))
                .version(7)
                .build();

        // Then
        assertThat(VERDICT.isOf(judged)).isTrue();
        assertThat(VERDICT.isOf(judged.toBuilder().version(8).build())).isFalse();
        assertThat(VERDICT.isOf(judged.toBuilder().epoch(2).build())).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {
        "", "no JSON", "null", "[]", "{}", "{\"endpoint_id\":\"wh_1\"}",
        "{\"endpoint_id\":\"wh_1\",\"tenant_id\":\"ten_1\",\"epoch\":1,\"version\":1,\"reason\":\"gone\",\"failures\":0,"
                + "\"since\":\"2026-01-02T12:00:00Z\",\"last_error\":\"http_410\",\"at\":\"2026-01-02T12:00:00Z\"}"
    })
    void whatIsNoWholeVerdictIsMalformed(String text) {
        assertThatThrownBy(() -> EndpointVerdict.read(text == null ? null : text.getBytes(UTF_8)))
                .isInstanceOf(MalformedRecordException.class);
    }
}
