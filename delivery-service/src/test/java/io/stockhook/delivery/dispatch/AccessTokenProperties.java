package io.stockhook.delivery.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;

class AccessTokenProperties {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Property
    void anyAnswerIsATokenOrNone(@ForAll String body) {
        try {
            AccessToken.parse(body, NOW);
        } catch (AccessToken.NoTokenException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        AccessToken.errorCode(body);
    }

    @Property
    void aTokenIsUsedForADayAtMostAndNeverPastItsEnd(@ForAll long seconds) throws Exception {
        // When
        AccessToken token = AccessToken.parse("{\"access_token\":\"abc\",\"expires_in\":" + seconds + "}", NOW);

        // Then
        Duration used = Duration.between(NOW, token.usableUntil());
        assertThat(used).isBetween(Duration.ZERO, Duration.ofDays(1));
        assertThat(used.toSeconds()).isLessThanOrEqualTo(Math.max(0, seconds));
    }

    @Property
    void whatAHeaderCannotHoldIsNoToken(@ForAll @CharRange(from = '\u0080', to = '\uffff') char odd) {
        try {
            AccessToken.parse("{\"access_token\":\"abc" + odd + "\"}", NOW);
        } catch (AccessToken.NoTokenException e) {
            return;
        }
        throw new AssertionError("took " + (int) odd);
    }
}
