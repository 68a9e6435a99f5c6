package io.stockhook.subscription.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.stockhook.events.EventTypes;
import org.junit.jupiter.api.Test;

class WebhookFilterTests {

    @Test
    void anEventIsLookedForUnderEveryPatternThatCoversIt() {
        // When
        var filter = WebhookFilter.of(null, "catalog.bulk.import", null, null);

        // Then
        assertThat(filter.patterns())
                .containsExactlyInAnyOrder("*", "catalog.*", "catalog.bulk.*", "catalog.bulk.import")
                .allMatch(EventTypes::isPattern)
                .allMatch(pattern -> EventTypes.covers(pattern, "catalog.bulk.import"));
    }

    @Test
    void anAliasAndItsCanonicalNameFindTheSameWebhooks() {
        // When
        var byAlias = WebhookFilter.of(null, "catalog.product.created", null, null);

        // Then
        assertThat(byAlias).isEqualTo(WebhookFilter.of(null, "product.created", null, null));
        assertThat(byAlias.patterns()).contains("product.created", "product.*", "catalog.product.created");
    }

    @Test
    void anUnknownStatusIsRefusedByItsName() {
        assertThatThrownBy(() -> WebhookFilter.of("paused", null, null, null))
                .isInstanceOf(HttpProblem.class)
                .hasMessageContaining("status");
    }

    @Test
    void aPatternIsNoEventType() {
        assertThatThrownBy(() -> WebhookFilter.of(null, "product.*", null, null))
                .isInstanceOf(HttpProblem.class)
                .hasMessageContaining("event");
    }
}
