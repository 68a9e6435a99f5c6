package io.stockhook.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventTypeNamesTests {

    private static final EventTypeNames NAMES = EventTypeNames.of(Map.of(
            "product.created", List.of("catalog.product.created"),
            "order.paid", List.of()));

    @Test
    void knowsTheOtherSpellingOfAName() {
        assertThat(NAMES.spellings("product.created")).containsExactly("product.created", "catalog.product.created");
        assertThat(NAMES.canonical("catalog.product.created")).isEqualTo("product.created");
        assertThat(NAMES.canonical("product.created")).isEqualTo("product.created");
    }

    @Test
    void takesANameWithoutAliasesAsItIs() {
        assertThat(NAMES.spellings("order.paid")).containsExactly("order.paid");
        assertThat(NAMES.canonical("order.paid")).isEqualTo("order.paid");
        assertThat(NAMES.spellings("never.heard_of")).containsExactly("never.heard_of");
        assertThat(NAMES.canonical("never.heard_of")).isEqualTo("never.heard_of");
    }
}
