package io.stockhook.inventory.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PricesTests {

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.0000", "19.90", "999999999999999.9999"})
    void readsAPriceDigitForDigit(String text) {
        assertThat(Prices.parse(text).toString()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "0.00001", "1000000000000000", "1e400", "1e999999999", "1e-400", "NaN", "cheap"})
    void refusesWhatIsNoPrice(String text) {
        assertThatThrownBy(() -> Prices.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ranksPricesAsTheyAreOrdered() {
        assertThat(Stream.of("0", "0.0001", "19.9", "19.95", "1e3", Prices.MAX)
                        .map(BigDecimal::new)
                        .map(Prices::rank)
                        .toList())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void writesAPriceWithoutExponent() {
        assertThat(Prices.plain(new BigDecimal("2e3")).toString()).isEqualTo("2000");
    }
}
