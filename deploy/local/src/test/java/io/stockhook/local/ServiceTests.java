package io.stockhook.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceTests {

    @Test
    void noPathBelongsToTwoServices() {
        // When
        List<String> prefixes = Arrays.stream(Service.values())
                .flatMap(service -> service.prefixes().stream())
                .toList();

        // Then
        assertThat(prefixes)
                .doesNotHaveDuplicates()
                .allSatisfy(prefix -> assertThat(prefix).startsWith("/").doesNotEndWith("/"));
    }

    @Test
    void theOrderWebhookIsTheReceiversAmongTheWebhooks() {
        assertThat(Service.SUBSCRIPTION.prefixes()).contains("/api/v1/webhooks");
        assertThat(Service.RECEIVER.prefixes()).contains("/api/v1/webhooks/order");
    }
}
