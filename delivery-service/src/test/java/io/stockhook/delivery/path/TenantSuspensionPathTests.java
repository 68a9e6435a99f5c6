package io.stockhook.delivery.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stockhook.delivery.engine.Engine;
import io.stockhook.events.EventEnvelope;
import io.stockhook.events.Json;
import io.stockhook.events.TenantRecord;
import io.stockhook.events.Topics;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.TestPlatform;
import io.stockhook.web.auth.TenantFeed;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a tenant's deliveries while the platform has suspended it, on a real broker. */
@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "delivery"))
class TenantSuspensionPathTests {

    private static final String DATA = "{\"sku\":\"SHIRT-1\"}";
    private static final Duration SOON = Duration.ofSeconds(20);

    @ConfigProperty(name = "stockhook.secrets.master-keys")
    String masterKeys;

    @Inject
    Engine engine;

    @Inject
    TenantFeed tenants;

    private Sink sink;
    private Platform platform;

    @BeforeEach
    void start() throws Exception {
        sink = new Sink();
        platform = new Platform(TestPlatform.bootstrapServers(), masterKeys, engine::registrySize);
        await().atMost(Duration.ofSeconds(30)).until(engine::isReady);
    }

    @AfterEach
    void stop() {
        platform.close();
        sink.close();
    }

    @Test
    void deliveriesOfASuspendedTenantAreHeldAndThoseOfARestoredOneGo() {
        // Given
        platform.register(sink.url("/suspended"), "product.created");
        say(false);

        // When
        EventEnvelope missed = platform.emit(Topics.INVENTORY_EVENTS, "product.created", DATA);

        // Then
        await().atMost(SOON).until(() -> nextOf(missed).equals(List.of(DeliveryAttempt.Next.HELD)));
        assertThat(sink.at("/suspended")).isEmpty();

        say(true);
        EventEnvelope after = platform.emit(Topics.INVENTORY_EVENTS, "product.created", DATA);
        await().atMost(SOON).until(() -> nextOf(after).equals(List.of(DeliveryAttempt.Next.DELIVERED)));
        assertThat(sink.at("/suspended")).hasSize(1);
    }

    private void say(boolean isActive) {
        TenantRecord tenant = new TenantRecord(platform.tenant(), "A tenant", isActive, null, null, null);
        platform.send(new ProducerRecord<>(
                Topics.TENANTS, Platform.utf8(TenantRecord.key(platform.tenant())), Json.write(tenant)));
        await().atMost(SOON).until(() -> tenants.isSuspended(platform.tenant()) != isActive);
    }

    private List<DeliveryAttempt.Next> nextOf(EventEnvelope event) {
        return platform.read(Topics.ATTEMPTS).stream()
                .map(entry -> DeliveryAttempt.read(entry.value()))
                .filter(attempt -> attempt.eventId().equals(event.id()))
                .map(DeliveryAttempt::next)
                .toList();
    }
}
