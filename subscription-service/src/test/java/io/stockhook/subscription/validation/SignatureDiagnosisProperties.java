package io.stockhook.subscription.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.events.signature.WebhookSigner;
import io.stockhook.subscription.validation.ValidationView.SignatureAnswer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.jspecify.annotations.Nullable;

class SignatureDiagnosisProperties {

    private static final long SECONDS = 1_767_225_600;

    @Property(tries = 200)
    void whatIsSignedIsValidAndWhatIsNotIsExplained(
            @ForAll @NotEmpty String secret, @ForAll @NotEmpty String other, @ForAll byte[] body) {
        // Given
        WebhookSigner signer = new WebhookSigner(List.of(secret));
        Map<String, @Nullable String> headers = new HashMap<>(Map.of(
                "webhook-id", "evt_1",
                "webhook-timestamp", Long.toString(SECONDS),
                "webhook-signature", signer.standard("evt_1", SECONDS, body),
                "x-webhook-signature", signer.classic(body)));

        // When
        SignatureAnswer genuine = diagnose(secret, headers, body);
        SignatureAnswer foreign = diagnose(other, headers, body);

        // Then
        assertThat(genuine.valid()).isTrue();
        assertThat(foreign.valid()).isEqualTo(foreign.problems().isEmpty());
        assertThat(genuine.expectedHeaders())
                .containsEntry("webhook-signature", headers.get("webhook-signature"))
                .containsEntry("X-Webhook-Signature", headers.get("x-webhook-signature"));
    }

    @Property(tries = 300)
    void anyHeadersAreAnsweredFor(
            @ForAll @NotEmpty String secret,
            @ForAll String id,
            @ForAll String timestamp,
            @ForAll String standard,
            @ForAll String classic,
            @ForAll byte[] body) {
        // When
        SignatureAnswer answer = diagnose(
                secret,
                new HashMap<>(Map.of(
                        "webhook-id", id,
                        "webhook-timestamp", timestamp,
                        "webhook-signature", standard,
                        "x-webhook-signature", classic)),
                body);

        // Then
        assertThat(answer.valid()).isFalse();
        assertThat(answer.problems()).isNotEmpty();
    }

    private static SignatureAnswer diagnose(String secret, Map<String, @Nullable String> headers, byte[] body) {
        return SignatureDiagnosis.of(
                new VerificationKeys(List.of(secret), List.of(), "X-Webhook-", true),
                headers,
                body,
                Instant.ofEpochSecond(SECONDS));
    }
}
