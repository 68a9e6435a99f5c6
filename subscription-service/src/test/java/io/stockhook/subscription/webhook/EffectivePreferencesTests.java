package io.stockhook.subscription.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.subscription.tenant.PayloadFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From whom a webhook has what. */
class EffectivePreferencesTests {

    private static final DeliveryPreferences NONE = DeliveryPreferences.NONE;
    private static final RetryConfig RETRIES = new RetryConfig(5, null, null, null, null, null, null, null, null);

    @Test
    void theNearestValueOfEachFieldHolds() {
        // When
        var holds = EffectivePreferences.of(timeout(1_000), timeout(2_000), timeout(3_000));

        // Then
        assertThat(holds.timeout()).isEqualTo(1_000);
        assertThat(holds.inherited()).doesNotContainKey("timeout");
        assertThat(EffectivePreferences.of(NONE, timeout(2_000), timeout(3_000)).timeout())
                .isEqualTo(2_000);
        assertThat(EffectivePreferences.of(NONE, NONE, timeout(3_000)).timeout())
                .isEqualTo(3_000);
        assertThat(EffectivePreferences.of(NONE, null, timeout(3_000)).timeout())
                .isEqualTo(3_000);
    }

    @Test
    void whoseAValueIsIsSaidOfEachThatIsNotTheWebhooks() {
        // Given
        var subscriber = new DeliveryPreferences(RETRIES, null, null, null, null, null, null, null, null);
        var tenant = new DeliveryPreferences(null, PayloadFormat.RAW, "X-Acme-", null, null, 7, null, null, true);

        // When
        var holds = EffectivePreferences.of(timeout(1_000), subscriber, tenant);

        // Then
        assertThat(holds.retryConfig()).isEqualTo(RETRIES);
        assertThat(holds.payloadFormat()).isEqualTo(PayloadFormat.RAW);
        assertThat(holds.debugMode()).isTrue();
        assertThat(holds.inherited())
                .containsEntry("retry_config", Origin.SUBSCRIBER)
                .containsEntry("payload_format", Origin.TENANT)
                .containsEntry("header_prefix", Origin.TENANT)
                .containsEntry("max_in_flight", Origin.TENANT)
                .containsEntry("debug_mode", Origin.TENANT)
                .containsEntry("signature", Origin.PLATFORM)
                .containsEntry("rate_limit", Origin.PLATFORM)
                .containsEntry("breaker", Origin.PLATFORM)
                .hasSize(8);
    }

    @Test
    void nobodySaysAnythingAndThePlatformDoes() {
        // When
        var holds = EffectivePreferences.of(NONE, null, NONE);

        // Then
        assertThat(holds.retryConfig()).isNull();
        assertThat(holds.payloadFormat()).isEqualTo(PayloadFormat.STANDARD);
        assertThat(holds.headerPrefix()).isEqualTo("X-Webhook-");
        assertThat(holds.signature()).isEqualTo(List.of(SignatureScheme.V1));
        assertThat(holds.timeout()).isEqualTo(10_000);
        assertThat(holds.maxInFlight()).isEqualTo(64);
        assertThat(holds.rateLimit()).isNull();
        assertThat(holds.breaker()).isNull();
        assertThat(holds.debugMode()).isFalse();
        assertThat(holds.inherited().values()).hasSize(9).containsOnly(Origin.PLATFORM);
    }

    private static DeliveryPreferences timeout(int milliseconds) {
        return new DeliveryPreferences(null, null, null, null, milliseconds, null, null, null, null);
    }
}
