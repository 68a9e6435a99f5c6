package io.stockhook.local.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTests {

    @ParameterizedTest
    @CsvSource({
        "/api/v1/products/, /api/v1/products",
        "/api/v1/products/?limit=1, /api/v1/products?limit=1",
        "/api/v1/products, /api/v1/products",
        "/api/v1/products?next=/, /api/v1/products?next=/",
        "/api/v1/mock/a%2F/, /api/v1/mock/a%2F",
    })
    void anApiPathLosesItsTrailingSlash(String target, String expected) {
        assertThat(RequestTarget.normalise(target)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs/inventory/", "/", "*"})
    void otherPathsKeepTheirs(String target) {
        assertThat(RequestTarget.normalise(target)).isEqualTo(target);
    }
}
