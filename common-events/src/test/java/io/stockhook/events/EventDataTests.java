package io.stockhook.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventDataTests {

    @Test
    void readsWhatJsonHolds() throws IOException {
        // When
        JsonNode root = EventData.read("{\"a\":[1,2.50,\"x\",true,null,{}],\"b\":12345678901234567890}");

        // Then
        assertThat(root.get("a").get(1).decimalValue()).isEqualTo(new BigDecimal("2.50"));
        assertThat(root.get("a").get(2).textValue()).isEqualTo("x");
        assertThat(root.get("a").get(5).isObject()).isTrue();
        assertThat(root.get("b").decimalValue()).isEqualTo(new BigDecimal("12345678901234567890"));
    }

    @ParameterizedTest
    @CsvSource({
        "1e400, 1E+400",
        "-1e400, -1E+400",
        "1e999999999999999999, 1E+2000000000",
        "-1.5E99999999999, -1E+2000000000",
        "2.5e-99999999999, 1E-2000000000",
        "3e1500000000, 1E+2000000000",
        "0e99999999999, 0",
        "0.0e-99999999999, 0",
        "-0.0, 0"
    })
    void boundsExponents(String published, String expected) throws IOException {
        assertThat(EventData.read(published).decimalValue()).isEqualTo(new BigDecimal(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{}}", "[1,]", "nul", "NaN", "'a'", "1 2", "{\"a\":}", "\u0000"})
    void isNothingWhereThereIsNoJson(String text) {
        // Given
        EventData data = new EventData(text.getBytes(UTF_8));

        // Then
        assertThat(data.root()).isNull();
        assertThatThrownBy(() -> EventData.read(text)).isInstanceOf(IOException.class);
    }

    @Test
    void isNothingWhereJsonIsNestedWithoutEnd() {
        assertThat(new EventData("[".repeat(100_000).getBytes(UTF_8)).root()).isNull();
        assertThat(new EventData(("[".repeat(1_001) + "]".repeat(1_001)).getBytes(UTF_8)).root())
                .isNull();
    }

    @Test
    void isNothingWhereTheBytesAreNoUtf8() {
        assertThat(new EventData(new byte[] {'"', (byte) 0xC3, '"'}).root()).isNull();
    }

    @Test
    void isReadOnce() {
        // Given
        EventData data = new EventData("{\"a\":1}".getBytes(UTF_8));

        // Then
        assertThat(data.root()).isSameAs(data.root());
    }
}
