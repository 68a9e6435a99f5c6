package io.stockhook.delivery.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class RetryAfterTests {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Property(tries = 300)
    void secondsAreThatLong(@ForAll @LongRange(max = Long.MAX_VALUE) long seconds) {
        assertThat(HttpPoster.retryAfter(" " + seconds + ' ', NOW)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Property(tries = 500)
    void anyTextIsADurationThatIsNotNegativeOrNothing(@ForAll String text) {
        // When
        Duration wait = HttpPoster.retryAfter(text, NOW);

        // Then
        assertThat(wait == null || !wait.isNegative()).isTrue();
    }

    @Example
    void anHttpDateIsTheTimeUntilThen() {
        // Given
        ZonedDateTime then = NOW.atZone(ZoneOffset.UTC).plusHours(1);

        // When
        Duration wait = HttpPoster.retryAfter(DateTimeFormatter.RFC_1123_DATE_TIME.format(then), NOW);

        // Then
        assertThat(wait).isEqualTo(Duration.ofHours(1));
    }

    @Example
    void anHttpDateInThePastIsNow() {
        assertThat(HttpPoster.retryAfter("Fri, 31 Dec 1999 23:59:59 GMT", NOW)).isEqualTo(Duration.ZERO);
    }

    @Example
    void whatIsNeitherIsNothing() {
        assertThat(HttpPoster.retryAfter(null, NOW)).isNull();
        assertThat(HttpPoster.retryAfter("", NOW)).isNull();
        assertThat(HttpPoster.retryAfter("-1", NOW)).isNull();
        assertThat(HttpPoster.retryAfter("1.5", NOW)).isNull();
        assertThat(HttpPoster.retryAfter("soon", NOW)).isNull();
        assertThat(HttpPoster.retryAfter("99999999999999999999", NOW)).isNull();
    }
}
