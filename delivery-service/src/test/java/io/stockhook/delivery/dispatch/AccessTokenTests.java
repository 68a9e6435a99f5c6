package io.stockhook.delivery.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokenTests {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @ParameterizedTest
    @CsvSource({
        // Half a minute before its end, or half its life if that is shorter.
        "3600, 3570",
        "'\"3600\"', 3570",
        "3600.0, 3570",
        "60, 30",
        "10, 5",
        "0, 0",
        "-5, 0",
        // No longer than a day, however long it is said to live.
        "1e300, 86370",
        "99999999999999999999, 86370",
        // What cannot be read counts as not told.
        "'\"soon\"', 270",
        "null, 270"
    })
    void isUsedUntilShortlyBeforeItExpires(String expiresIn, long usableSeconds) throws Exception {
        // When
        AccessToken token = AccessToken.parse(
                "{\"access_token\":\"abc\",\"token_type\":\"bearer\",\"expires_in\":" + expiresIn + "}", NOW);

        // Then
        assertThat(token.value()).isEqualTo("abc");
        assertThat(token.usableUntil()).isEqualTo(NOW.plusSeconds(usableSeconds));
    }

    @Test
    void needsNoMoreThanTheToken() throws Exception {
        // When
        AccessToken token = AccessToken.parse("{\"more\":{\"access_token\":1},\"access_token\":\"abc\"}", NOW);

        // Then
        assertThat(token.value()).isEqualTo("abc");
        assertThat(token.usableUntil())
                .isEqualTo(NOW.plus(AccessToken.UNTOLD_LIFETIME).minus(AccessToken.MARGIN));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "null",
                "{}",
                "{\"access_token\":null}",
                "{\"access_token\":\"\"}",
                "{\"access_token\":{\"a\":1}}",
                "{\"access_token\":\"line\\r\\nHost: evil\"}",
                "{\"access_token\":\"\u00fcnicode\"}",
                "{\"access_token\":\"abc\",\"token_type\":\"mac\"}",
                "{\"access_token\":\"abc"
            })
    void refusesAnAnswerWithoutATokenThatFitsAHeader(@Nullable String body) {
        assertThatThrownBy(() -> AccessToken.parse(body, NOW)).isInstanceOf(AccessToken.NoTokenException.class);
    }

    @Test
    void showsNoTokenWhenPrinted() throws Exception {
        assertThat(AccessToken.parse("{\"access_token\":\"in-clear\"}", NOW).toString())
                .doesNotContain("in-clear");
    }

    @Test
    void tellsTheErrorCodeAndNothingElseOfAnAnswer() {
        assertThat(AccessToken.errorCode("{\"error\":\"invalid_client\"}")).isEqualTo("invalid_client");
        assertThat(AccessToken.errorCode("{\"error\":\"<script>\"}")).isNull();
        assertThat(AccessToken.errorCode("nothing")).isNull();
        assertThat(AccessToken.errorCode(null)).isNull();
    }
}
