package io.stockhook.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryConditionsTests {

    @ParameterizedTest
    @ValueSource(strings = {"3xx", "4xx", "5xx", "302", "404", "429", "503", "599", "timeout", "connection_error"})
    void aStatusItsClassAndAnErrorClassCanBeNamed(String condition) {
        assertThat(RetryConditions.isCondition(condition)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "410", "200", "2xx", "1xx", "600", "5XX", "50x", "http_500", "5", " 429", "secret_unreadable"
            })
    void whatIsNoFailureOrNeverOrAlwaysRetriedCannotBeNamed(String condition) {
        assertThat(RetryConditions.isCondition(condition)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http_500, true",
        "http_429, true",
        "http_428, false",
        "http_302, false",
        "timeout, true",
        "dns_error, false"
    })
    void aFailureIsCoveredByItsStatusItsClassOrItsName(String errorClass, boolean isCovered) {
        assertThat(RetryConditions.cover(List.of("5xx", "429", "timeout"), errorClass))
                .isEqualTo(isCovered);
    }
}
