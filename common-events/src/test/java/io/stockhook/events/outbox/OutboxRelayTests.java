package io.stockhook.events.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class OutboxRelayTests {

    @Test
    void triesAgainWhateverADatabaseDriverThrows() throws Exception {
        // Given
        CountDownLatch calls = new CountDownLatch(2);
        DataSource failing = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (on, what, with) -> {
                    calls.countDown();
                    throw new IllegalStateException("the pool is closed");
                });
        Duration shortly = Duration.ofMillis(1);
        OutboxRelay relay = new OutboxRelay(failing, Map.of(), "test", new OutboxRelay.Settings(1, shortly, shortly));

        // When
        relay.start();

        // Then
        assertThat(calls.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(relay.isHealthy()).isFalse();
        relay.close();
    }
}
