package io.stockhook.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhook.platform.PlatformException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortPlanTests {

    @Test
    void everyPortIsCountedFromTheFrontDoor() {
        // When
        PortPlan plan = new PortPlan(8080);

        // Then
        assertThat(plan.purposes().keySet())
                .containsExactly(8080, 8081, 8082, 8083, 8084, 8091, 8092, 8093, 8094, 8100, 8101, 8102);
    }

    @Test
    void aTakenPortIsRefusedWithWhatItWasFor() throws Exception {
        // Given
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            PortPlan plan = new PortPlan(port - 3);

            // When, Then
            assertThat(plan.purposes()).containsEntry(port, "delivery-service");
            assertThatThrownBy(plan::requireFree)
                    .isInstanceOf(PlatformException.class)
                    .hasMessage("Port %d, wanted for delivery-service, is taken; choose others with --port.", port);
        }
    }
}
