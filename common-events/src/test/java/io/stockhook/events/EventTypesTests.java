package io.stockhook.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTypesTests {

    @ParameterizedTest
    @ValueSource(strings = {"product.created", "product.out_of_stock", "a.b", "a.b.c.d", "v2_a.b_1"})
    void knowsANameWhichIsAPatternAsWell(String text) {
        assertThat(EventTypes.isName(text)).isTrue();
        assertThat(EventTypes.isPattern(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "product.*", "catalog.product.*"})
    void knowsAPatternWhichIsNoName(String text) {
        assertThat(EventTypes.isName(text)).isFalse();
        assertThat(EventTypes.isPattern(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "product",
                "product.",
                ".created",
                "product..created",
                "Product.created",
                "product.1st",
                "product._x",
                "product created",
                "product.created\n",
                "product.*.created",
                "*.created",
                "product*",
                "product.**",
                "**",
                ".*",
                "prodüct.created"
            })
    void knowsWhatIsNeither(String text) {
        assertThat(EventTypes.isName(text)).isFalse();
        assertThat(EventTypes.isPattern(text)).isFalse();
    }

    @Test
    void boundsTheLengthOfNamesAndPatterns() {
        // Given
        String longest = "a." + "b".repeat(EventTypes.MAX_LENGTH - 2);

        // Then
        assertThat(EventTypes.isName(longest)).isTrue();
        assertThat(EventTypes.isName(longest + 'b')).isFalse();
        assertThat(EventTypes.isPattern(longest + 'b')).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "*,                 product.created,         true",
        "product.created,   product.created,         true",
        "product.created,   product.created.again,   false",
        "product.*,         product.created,         true",
        "product.*,         product.created.again,   true",
        "product.*,         product,                 false",
        "product.*,         products.created,        false",
        "product.*,         catalog.product.created, false",
        "product.created.*, product.created,         false"
    })
    void coversByNameByBeginningOrAll(String pattern, String name, boolean isCovered) {
        assertThat(EventTypes.covers(pattern, name)).isEqualTo(isCovered);
    }

    @ParameterizedTest
    @CsvSource({
        "webhook.disabled,          true",
        "system.startup,            true",
        "system.alert.raised,       true",
        "system.backup_completed,   false",
        "systems.startup,           false",
        "order.system,              false",
        "webhooks.disabled,         false"
    })
    void keepsForThePlatformWhatItSaysOfItself(String name, boolean isReserved) {
        assertThat(EventTypes.isReserved(name)).isEqualTo(isReserved);
    }

    @Test
    void namesEveryPatternThatCoversAName() {
        assertThat(EventTypes.patternsFor("catalog.product.created"))
                .containsExactly("catalog.product.created", "catalog.product.*", "catalog.*", "*");
    }
}
