package io.stockhook.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTests {

    /** The example of the specification, section 3.2. */
    private static final String HEADER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void readsAndWritesTheSpecificationsExample() {
        // When
        TraceContext context = TraceContext.parse(HEADER);

        // Then
        assertThat(context)
                .isEqualTo(new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", "01"))
                .extracting(TraceContext::header)
                .isEqualTo(HEADER);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "00",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
            })
    void beginsANewTraceWhereThereIsNone(@Nullable String header) {
        // When
        TraceContext begun = TraceContext.continueOrBegin(header);

        // Then
        assertThat(TraceContext.parse(header)).isNull();
        assertThat(begun.traceId()).isNotEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(TraceContext.parse(begun.header())).isEqualTo(begun);
    }

    @Test
    void continuesATraceWithASpanOfItsOwn() {
        // When
        TraceContext child = TraceContext.continueOrBegin(HEADER);

        // Then
        assertThat(child.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(child.spanId()).isNotEqualTo("00f067aa0ba902b7").matches("[0-9a-f]{16}");
        assertThat(child.flags()).isEqualTo("01");
    }

    @Test
    void keepsTheCallersSampling() {
        assertThat(TraceContext.continueOrBegin(HEADER.substring(0, HEADER.length() - 1) + '0')
                        .flags())
                .isEqualTo("00");
    }
}
