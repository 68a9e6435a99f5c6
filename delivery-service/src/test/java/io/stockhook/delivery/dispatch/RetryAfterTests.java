package io.stockhook.delivery.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class RetryAfterTests {

    @Property(tries = 300)
    void secondsAreThatLong(@ForAll @LongRange(max = Long.MAX_VALUE) long seconds) {
        assertThat(HttpPoster.retryAfter(" " + seconds + ' ')).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Property(tries = 500)
    void anyTextIsADurationThatIsNotNegativeOrNothing(@ForAll String text) {
        // When
        Duration wait = HttpPoster.retryAfter(text);

        // Then
        assertThat(wait == null || !wait.isNegative()).isTrue();
    }

    @Example
    void anHttpDateIsTheTimeUntilThen() {
        // Given
        ZonedDateTime then = ZonedDateTime.now(ZoneOffset.UTC).plusHours(1);

        // When
        Duration wait = HttpPoster.retryAfter(DateTimeFormatter.RFC_1123_DATE_TIME.format(then));

        // Then
        assertThat(wait).isBetween(Duration.ofMinutes(55), Duration.ofMinutes(61));
    }

    @Example
    void anHttpDateInThePastIsNow() {
        assertThat(HttpPoster.retryAfter("Fri, 31 Dec 1999 23:59:59 GMT")).isEqualTo(Duration.ZERO);
    }

    @Example
    void whatIsNeitherIsNothing() {
        assertThat(HttpPoster.retryAfter(null)).isNull();
        assertThat(HttpPoster.retryAfter("")).isNull();
        assertThat(HttpPoster.retryAfter("-1")).isNull();
        assertThat(HttpPoster.retryAfter("1.5")).isNull();
        assertThat(HttpPoster.retryAfter("soon")).isNull();
        assertThat(HttpPoster.retryAfter("99999999999999999999")).isNull();
    }
}
