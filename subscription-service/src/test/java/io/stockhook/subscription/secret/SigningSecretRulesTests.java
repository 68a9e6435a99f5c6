package io.stockhook.subscription.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningSecretRulesTests {

    @ParameterizedTest
    @ValueSource(ints = {24, 32, 64})
    void aStandardWebhooksSecretOf24To64BytesIsGoodEnough(int bytes) {
        // Given
        String secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);

        // When
        var objection = SigningSecretRules.objection(secret);

        // Then
        assertThat(objection).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 23, 65})
    void aStandardWebhooksSecretOfAnotherLengthIsRefused(int bytes) {
        // Given
        String secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);

        // When
        var objection = SigningSecretRules.objection(secret);

        // Then
        assertThat(objection).hasValueSatisfying(text -> assertThat(text).contains("24 to 64 bytes"));
    }

    @Test
    void whatFollowsTheStandardPrefixMustBeBase64() {
        assertThat(SigningSecretRules.objection("whsec_not/base64!at-all")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"your-webhook-secret", "sixteen letters."})
    void anyOtherTextOfAtLeast16CharactersIsGoodEnough(String secret) {
        assertThat(SigningSecretRules.objection(secret)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fifteen letters", "sixteen letters\n"})
    void aShortOrUnprintableTextIsRefused(String secret) {
        assertThat(SigningSecretRules.objection(secret)).isPresent();
    }

    @Test
    void aTextOfMoreThan255CharactersIsRefused() {
        assertThat(SigningSecretRules.objection("x".repeat(256))).isPresent();
    }
}
