package io.stockhook.subscription.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.stockhook.events.EventTypeNames;
import io.stockhook.events.EventTypes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookFilterTests {

    private static final EventTypeNames NAMES =
            EventTypeNames.of(Map.of("product.created", List.of("catalog.product.created")));

    @Test
    void anEventIsLookedForUnderEveryPatternThatCoversIt() {
        // When
        var filter = WebhookFilter.of(null, "catalog.bulk.import", null, null, NAMES);

        // Then
        assertThat(filter.patterns())
                .containsExactlyInAnyOrder("*", "catalog.*", "catalog.bulk.*", "catalog.bulk.import")
                .allMatch(EventTypes::isPattern)
                .allMatch(pattern -> EventTypes.covers(pattern, "catalog.bulk.import"));
    }

    @Test
    void anAliasAndItsCanonicalNameFindTheSameWebhooks() {
        // When
        var byAlias = WebhookFilter.of(null, "catalog.product.created", null, null, NAMES);

        // Then
        assertThat(byAlias).isEqualTo(WebhookFilter.of(null, "product.created", null, null, NAMES));
        assertThat(byAlias.patterns()).contains("product.created", "product.*", "catalog.product.created");
    }

    @Test
    void anUnknownStatusIsRefusedByItsName() {
        assertThatThrownBy(() -> WebhookFilter.of("paused", null, null, null, NAMES))
                .isInstanceOf(HttpProblem.class)
                .hasMessageContaining("status");
    }

    @Test
    void aPatternIsNoEventType() {
        assertThatThrownBy(() -> WebhookFilter.of(null, "product.*", null, null, NAMES))
                .isInstanceOf(HttpProblem.class)
                .hasMessageContaining("event");
    }
}
