package io.stockhook.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointVerdictTests {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final EndpointVerdict VERDICT = new EndpointVerdict(
            Ids.next(Ids.Kind.WEBHOOK),
            Ids.next(Ids.Kind.TENANT),
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
    @ValueSource(strings = {"", "no JSON", "null", "[]", "{}", "{\"endpoint_id\":7}"})
    void whatIsNoVerdictIsMalformed(@Nullable String text) {
        assertThatThrownBy(() -> EndpointVerdict.read(text == null ? null : text.getBytes(UTF_8)))
                .isInstanceOf(MalformedRecordException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"endpoint_id", "tenant_id", "reason", "failures", "since", "last_error", "at"})
    void whatLacksAFieldIsMalformed(String field) {
        // Given
        String whole = new String(Json.write(VERDICT), UTF_8);
        String lacking = whole.replace("\"" + field + "\"", "\"another\"");

        // Then
        assertThatThrownBy(() -> EndpointVerdict.read(lacking.getBytes(UTF_8)))
                .isInstanceOf(MalformedRecordException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wh_1", "' or 1=1", "prd_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f"})
    void whatIsOfNoWebhookIsMalformed(String id) {
        // Given
        String other = new String(Json.write(VERDICT), UTF_8).replace(VERDICT.endpointId(), id);

        // Then
        assertThatThrownBy(() -> EndpointVerdict.read(other.getBytes(UTF_8)))
                .isInstanceOf(MalformedRecordException.class);
    }
}
