package io.stockhook.delivery.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stockhook.delivery.engine.Engine;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EndpointVerdict;
import io.stockhook.events.EventEnvelope;
import io.stockhook.events.Ids;
import io.stockhook.events.Topics;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.events.delivery.DeliveryAttempt.Next;
import io.stockhook.events.delivery.DeliveryTask;
import io.stockhook.events.delivery.FailureStreak;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.TestPlatform;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "delivery"))
class VerdictPathTests {

    private static final EndpointRegistration.Breaker NEVER_OPENS =
            new EndpointRegistration.Breaker(false, 1, 1, 1_000, 1_000);
    private static final String TYPE = "product.created";
    private static final Duration SOON = Duration.ofSeconds(20);
    /** As many as it takes, see the tests' configuration. */
    private static final int FAILURES = 20;

    @ConfigProperty(name = "stockhook.secrets.master-keys")
    String masterKeys;

    @Inject
    Engine engine;

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
    void goneEndpointIsJudgedAtOnceAndHeldUntilItsRegistrationChanges() {
        // Given
        sink.answers("/gone", 410);
        EndpointRegistration webhook = platform.register(sink.url("/gone"), TYPE);
        EventEnvelope gone = emit();
        awaitAttempts(gone, Next.DEAD);

        // When
        EventEnvelope held = emit();

        // Then
        List<DeliveryAttempt> attempts = awaitAttempts(held, Next.HELD);
        assertThat(attempts.get(0).reason()).isEqualTo("endpoint_disabled");
        assertThat(sink.at("/gone")).hasSize(1);
        EndpointVerdict verdict = awaitVerdict(webhook);
        assertThat(verdict.reason()).isEqualTo(EndpointVerdict.GONE);
        assertThat(verdict.version()).isEqualTo(webhook.version());
        assertThat(verdict.tenantId()).isEqualTo(platform.tenant());
        assertThat(verdict.lastError()).isEqualTo("http_410");

        // When
        platform.publish(webhook.toBuilder().version(webhook.version() + 1).build());

        // Then
        await().atMost(SOON).untilAsserted(() -> {
            emit();
            assertThat(sink.at("/gone")).hasSizeGreaterThan(1);
        });
    }

    @Test
    void endpointThatFailsForTooLongIsJudgedAndItsRetriesAreHeld() {
        // Given
        sink.answers("/failing", Collections.nCopies(200, 500).toArray(Integer[]::new));
        EndpointRegistration webhook = platform.register(
                sink.url("/failing"),
                endpoint -> endpoint.toBuilder().breaker(NEVER_OPENS).build(),
                TYPE);
        EventEnvelope first = emit();

        // When
        for (int event = 1; event < FAILURES; event++) {
            emit();
        }

        // Then
        EndpointVerdict verdict = awaitVerdict(webhook);
        assertThat(verdict.reason()).isEqualTo(EndpointVerdict.CONSECUTIVE_FAILURES);
        assertThat(verdict.failures()).isGreaterThanOrEqualTo(FAILURES);
        assertThat(verdict.since()).isBeforeOrEqualTo(verdict.at().minusMillis(300));
        assertThat(verdict.lastError()).isEqualTo("http_500");
        int sent = sink.at("/failing").size();
        EventEnvelope after = emit();
        awaitAttempts(after, Next.HELD);
        assertThat(sink.at("/failing").size()).isLessThanOrEqualTo(sent + webhook.maxInFlight());
        assertThat(attempts(first)).first().extracting(DeliveryAttempt::next).isEqualTo(Next.RETRY);
    }

    @Test
    void newOwnerGoesOnCountingFromWhatARetryBrings() {
        // Given
        sink.answers("/resumed", 500);
        EndpointRegistration webhook = platform.register(sink.url("/resumed"), TYPE);
        Instant since = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.MICROS);
        DeliveryTask task = DeliveryTask.first(platform.event(TYPE, "{}"), webhook.endpointId(), TYPE, Instant.now())
                .withStreak(new FailureStreak(FAILURES - 1, since, webhook.epoch(), webhook.version()));

        // When
        platform.send(task.toRecord(Topics.TASKS));

        // Then
        EndpointVerdict verdict = awaitVerdict(webhook);
        assertThat(verdict.failures()).isEqualTo(FAILURES);
        assertThat(verdict.since()).isEqualTo(since);
    }

    @Test
    void whatAnEndpointThatThePlatformDisabledMissesIsRecordedAsHeldAndNotSent() {
        // Given
        platform.register(
                sink.url("/disabled"),
                one -> one.toBuilder()
                        .isActive(false)
                        .disabledReason("It answered 410.")
                        .build(),
                TYPE);

        // When
        EventEnvelope event = emit();

        // Then
        awaitAttempts(event, Next.HELD);
        assertThat(sink.at("/disabled")).isEmpty();
        assertThat(platform.read(Topics.DEAD_LETTERS)).noneMatch(dead -> Arrays.equals(dead.value(), event.data()));
    }

    private EventEnvelope emit() {
        return platform.emit(Topics.INVENTORY_EVENTS, TYPE, "{\"id\":\"" + Ids.next(Ids.Kind.EVENT) + "\"}");
    }

    private EndpointVerdict awaitVerdict(EndpointRegistration webhook) {
        return await().atMost(SOON)
                .until(() -> verdicts(webhook), verdicts -> verdicts.size() == 1)
                .get(0);
    }

    private List<EndpointVerdict> verdicts(EndpointRegistration webhook) {
        return platform.read(Topics.ENDPOINT_VERDICTS).stream()
                .map(ConsumerRecord::value)
                .map(EndpointVerdict::read)
                .filter(verdict -> verdict.endpointId().equals(webhook.endpointId()))
                .toList();
    }

    private List<DeliveryAttempt> awaitAttempts(EventEnvelope event, Next... nexts) {
        await().atMost(SOON).untilAsserted(() -> assertThat(attempts(event))
                .extracting(DeliveryAttempt::next)
                .containsExactly(nexts));
        return attempts(event);
    }

    private List<DeliveryAttempt> attempts(EventEnvelope event) {
        return platform.read(Topics.ATTEMPTS).stream()
                .map(entry -> DeliveryAttempt.read(entry.value()))
                .filter(attempt -> attempt.eventId().equals(event.id()))
                .toList();
    }
}
