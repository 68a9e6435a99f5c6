package io.stockhook.subscription.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.subscription.secret.KeyPairRing.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyPairRingTests {

    private static final Instant NOW = Instant.parse("2026-01-15T10:30:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final KeyPair FIRST = KeyPair.of("whpk_1", "encrypted-1");
    private static final KeyPair SECOND = KeyPair.of("whpk_2", "encrypted-2");

    @Test
    void theNewPairIsFirstAndTheOldOneSignsUntilTheOverlapEnds() {
        // When
        List<KeyPair> ring = KeyPairRing.rotated(List.of(FIRST), SECOND, NOW, DAY);

        // Then
        assertThat(ring).first().isEqualTo(SECOND);
        assertThat(ring.get(1).publicKey()).isEqualTo("whpk_1");
        assertThat(ring.get(1).privateKey().encrypted()).isEqualTo("encrypted-1");
        assertThat(ring.get(1).privateKey().validUntil()).isEqualTo(NOW.plus(DAY));
        assertThat(KeyPairRing.publicKeys(ring, NOW)).containsExactly("whpk_2", "whpk_1");
        assertThat(KeyPairRing.publicKeys(ring, NOW.plus(DAY))).containsExactly("whpk_2");
    }

    @Test
    void withoutAnOverlapTheOldPairIsGone() {
        // When
        List<KeyPair> ring = KeyPairRing.rotated(List.of(FIRST), SECOND, NOW, Duration.ZERO);

        // Then
        assertThat(ring).containsExactly(SECOND);
        assertThat(KeyPairRing.privateKeys(ring)).containsExactly(SECOND.privateKey());
    }
}
