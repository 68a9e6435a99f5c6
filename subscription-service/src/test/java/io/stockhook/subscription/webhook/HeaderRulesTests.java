package io.stockhook.subscription.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderRulesTests {

    private static final String PREFIX = "X-Acme-";

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "X-Custom-Header", "X-Webhook-Id", "api_key", "Cookie"})
    void anOrdinaryHeaderMayBeAdded(String name) {
        assertThat(HeaderRules.objectionToName(name, PREFIX)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "content-length",
                "Content-Type",
                "Transfer-Encoding",
                "CONNECTION",
                "TE",
                "traceparent",
                "webhook-id",
                "Webhook-Signature",
                "X-Acme-Event",
                "x-acme-anything"
            })
    void aHeaderThatTheDeliveryOrTheConnectionSetsMayNot(String name) {
        assertThat(HeaderRules.objectionToName(name, PREFIX)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "colon:", "line\r\nbreak", "ünïcode"})
    void aNameThatIsNoTokenIsRefused(String name) {
        assertThat(HeaderRules.objectionToName(name, PREFIX)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "Bearer your-secret-token", "a\tb"})
    void aValueOfVisibleCharactersIsTaken(String value) {
        assertThat(HeaderRules.objectionToValue(value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " leading", "trailing ", "line\nbreak", "split\r\nHost: evil", "ünïcode"})
    void aValueThatCouldEndTheHeaderOrBeReadInTwoWaysIsRefused(String value) {
        assertThat(HeaderRules.objectionToValue(value)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Acme-", "A-", "X-Webhook-"})
    void aPrefixEndsInAHyphen(String prefix) {
        assertThat(HeaderRules.objectionToPrefix(prefix)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "X-Acme", "1-", "Webhook-", "X Acme-", "X-0123456789012345678901234567890-"})
    void aPrefixThatIsNoneOrTakenIsRefused(String prefix) {
        assertThat(HeaderRules.objectionToPrefix(prefix)).isPresent();
    }
}
