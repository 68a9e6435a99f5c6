package io.stockhook.local.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutingTableTests {

    private static final Backend SUBSCRIPTION = new Backend("subscription-service", 1);
    private static final Backend RECEIVER = new Backend("receiver-service", 2);

    private final RoutingTable table =
            new RoutingTable(Map.of("/api/v1/webhooks", SUBSCRIPTION, "/api/v1/webhooks/order", RECEIVER));

    @Test
    void aPrefixMatchesItselfAndAllBelowIt() {
        assertThat(table.find("/api/v1/webhooks")).contains(SUBSCRIPTION);
        assertThat(table.find("/api/v1/webhooks/")).contains(SUBSCRIPTION);
        assertThat(table.find("/api/v1/webhooks/wh_1/deliveries")).contains(SUBSCRIPTION);
    }

    @Test
    void theLongestPrefixWins() {
        assertThat(table.find("/api/v1/webhooks/order")).contains(RECEIVER);
        assertThat(table.find("/api/v1/webhooks/order/")).contains(RECEIVER);
    }

    @Test
    void onlyWholeSegmentsCount() {
        assertThat(table.find("/api/v1/webhooks/orders")).contains(SUBSCRIPTION);
        assertThat(table.find("/api/v1/webhooks-of-others")).isEmpty();
    }

    @Test
    void whatNobodyServesBelongsToNobody() {
        assertThat(table.find("/")).isEmpty();
        assertThat(table.find("/api/v1")).isEmpty();
        assertThat(table.find("*")).isEmpty();
    }
}
