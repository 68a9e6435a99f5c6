package io.stockhook.subscription.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.events.EndpointRegistration.EncryptedSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SigningSecretRingTests {

    private static final Instant NOW = Instant.parse("2026-01-15T10:30:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void theSecretBeforeSignsUntilTheOverlapIsOver() {
        // Given
        var ring = SigningSecretRing.of("old");

        // When
        var rotated = SigningSecretRing.rotated(ring, "new", NOW, DAY);

        // Then
        assertThat(rotated)
                .containsExactly(new EncryptedSecret("new", null), new EncryptedSecret("old", NOW.plus(DAY)));
    }

    @Test
    void anOlderSecretKeepsItsEarlierEnd() {
        // Given
        var end = NOW.plusSeconds(60);
        var ring = List.of(new EncryptedSecret("old", null), new EncryptedSecret("older", end));

        // When
        var rotated = SigningSecretRing.rotated(ring, "new", NOW, DAY);

        // Then
        assertThat(rotated).last().isEqualTo(new EncryptedSecret("older", end));
    }

    @Test
    void aSecretThatHasEndedIsLeftOut() {
        // Given
        var ring = List.of(new EncryptedSecret("old", null), new EncryptedSecret("ended", NOW));

        // When
        var rotated = SigningSecretRing.rotated(ring, "new", NOW, DAY);

        // Then
        assertThat(rotated).extracting(EncryptedSecret::encrypted).containsExactly("new", "old");
    }

    @Test
    void withoutOverlapOnlyTheNewSecretSigns() {
        // Given
        var ring = List.of(new EncryptedSecret("old", null), new EncryptedSecret("older", NOW.plus(DAY)));

        // When
        var rotated = SigningSecretRing.rotated(ring, "new", NOW, Duration.ZERO);

        // Then
        assertThat(rotated).containsExactly(new EncryptedSecret("new", null));
    }
}
