package io.stockhook.receiver.mock;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.events.signature.Ed25519Keys;
import io.stockhook.events.signature.SignatureVerifier;
import io.stockhook.events.signature.SigningSecrets;
import io.stockhook.events.signature.WebhookSigner;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MockBehaviourTests {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    private static final String SECRET = SigningSecrets.generate();

    private final WebhookSigner signer = new WebhookSigner(List.of(SECRET));
    private final SignatureVerifier verifier = new SignatureVerifier(List.of(SECRET));

    @ParameterizedTest
    @CsvSource({"1,500", "2,503", "3,200", "4,200", "9223372036854775807,200"})
    void answersInOrderAndRepeatsTheLast(long answered, int status) {
        // Given
        List<MockResponse> responses = List.of(status(500), status(503), status(200));

        // When
        MockResponse answer = MockBehaviour.answer(responses, answered);

        // Then
        assertThat(answer.statusOrOk()).isEqualTo(status);
    }

    @Test
    void verifiesBothSchemesUnderTheEndpointsOwnHeaderPrefix() {
        // Given
        MockCall call = call(Map.of(
                "webhook-id", List.of("evt_1"),
                "webhook-timestamp", List.of(String.valueOf(NOW.getEpochSecond())),
                "webhook-signature", List.of(signer.standard("evt_1", NOW.getEpochSecond(), BODY)),
                "x-axon-signature", List.of(signer.classic(BODY))));

        // When
        var signatures = MockBehaviour.verify(verifier, true, "X-Axon-", call);

        // Then
        assertThat(signatures.standard()).isEqualTo(SignatureCheck.VALID);
        assertThat(signatures.classic()).isEqualTo(SignatureCheck.VALID);
    }

    @Test
    void saysWhatIsWrongWithEachSignature() {
        // Given
        long tenMinutesAgo = NOW.getEpochSecond() - 600;
        MockCall call = call(Map.of(
                "webhook-id", List.of("evt_1"),
                "webhook-timestamp", List.of(String.valueOf(tenMinutesAgo)),
                "webhook-signature", List.of(signer.standard("evt_1", tenMinutesAgo, BODY)),
                "x-webhook-signature", List.of(signer.classic(new byte[0]))));

        // When
        var signatures = MockBehaviour.verify(verifier, true, "X-Webhook-", call);

        // Then
        assertThat(signatures.standard()).isEqualTo(SignatureCheck.STALE);
        assertThat(signatures.classic()).isEqualTo(SignatureCheck.MISMATCH);
    }

    @Test
    void missesSignaturesThatAreNotThere() {
        // When
        var signatures = MockBehaviour.verify(verifier, true, "X-Webhook-", call(Map.of()));

        // Then
        assertThat(signatures.standard()).isEqualTo(SignatureCheck.MISSING);
        assertThat(signatures.classic()).isEqualTo(SignatureCheck.MISSING);
    }

    @Test
    void verifiesThePublicSchemeWithoutASecret() {
        // Given
        Ed25519Keys.Pair pair = Ed25519Keys.generate();
        WebhookSigner publicSigner = new WebhookSigner(List.of(SECRET), List.of("v1a"), List.of(pair.privateKey()));
        MockCall call = call(Map.of(
                "webhook-id", List.of("evt_1"),
                "webhook-timestamp", List.of(String.valueOf(NOW.getEpochSecond())),
                "webhook-signature", List.of(publicSigner.standard("evt_1", NOW.getEpochSecond(), BODY)),
                "x-webhook-signature", List.of(publicSigner.classic(BODY))));

        // When
        var signatures = MockBehaviour.verify(
                new SignatureVerifier(List.of(), List.of(pair.publicKey())), false, "X-Webhook-", call);

        // Then
        assertThat(signatures.standard()).isEqualTo(SignatureCheck.VALID);
        assertThat(signatures.classic()).isEqualTo(SignatureCheck.NO_SECRET);
    }

    @Test
    void verifiesNothingWithoutASecret() {
        // When
        var signatures = MockBehaviour.verify(null, false, "X-Webhook-", call(Map.of()));

        // Then
        assertThat(signatures.standard()).isEqualTo(SignatureCheck.NO_SECRET);
        assertThat(signatures.classic()).isEqualTo(SignatureCheck.NO_SECRET);
    }

    private static MockCall call(Map<String, List<String>> headers) {
        return new MockCall(NOW, "POST", null, headers, BODY);
    }

    private static MockResponse status(int status) {
        return new MockResponse(status, null, null, null);
    }
}
