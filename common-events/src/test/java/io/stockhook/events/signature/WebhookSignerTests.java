package io.stockhook.events.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookSignerTests {

    /** The vector of the Standard Webhooks reference libraries. */
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final long TIMESTAMP = 1_614_265_330;
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void signsThePublishedStandardWebhooksVector() {
        // When
        String header = new WebhookSigner(List.of(SECRET)).standard(ID, TIMESTAMP, BODY);

        // Then
        assertThat(header).isEqualTo(SIGNATURE);
    }

    @Test
    void signsTheClassicHeaderWithTheSecretAsItIsShown() {
        // Given RFC 4231, test case 2
        WebhookSigner signer = new WebhookSigner(List.of("Jefe"));

        // When
        String header = signer.classic("what do ya want for nothing?".getBytes(UTF_8));

        // Then
        assertThat(header).isEqualTo("sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void signsTheStandardHeaderWithEachSecretDuringARotation() {
        // Given
        String newest = SigningSecrets.generate();
        WebhookSigner signer = new WebhookSigner(List.of(newest, SECRET));

        // When
        String header = signer.standard(ID, TIMESTAMP, BODY);

        // Then
        String ofTheNewest = new WebhookSigner(List.of(newest)).standard(ID, TIMESTAMP, BODY);
        assertThat(header).isEqualTo(ofTheNewest + ' ' + SIGNATURE);
    }

    @Test
    void signsTheClassicHeaderWithTheNewestSecretAlone() {
        // Given
        String newest = SigningSecrets.generate();

        // When
        String header = new WebhookSigner(List.of(newest, SECRET)).classic(BODY);

        // Then
        assertThat(header).isEqualTo(new WebhookSigner(List.of(newest)).classic(BODY));
    }

    @Test
    void takesASecretThatIsNoBase64AfterItsPrefixAsText() {
        // When
        String header = new WebhookSigner(List.of("whsec_not base64!")).standard(ID, TIMESTAMP, BODY);

        // Then
        assertThat(new SignatureVerifier(List.of("whsec_not base64!"))
                        .standard(ID, Long.toString(TIMESTAMP), header, BODY, Instant.ofEpochSecond(TIMESTAMP)))
                .isEqualTo(SignatureVerifier.Verdict.VALID);
    }

    @Test
    void refusesToSignWithoutASecret() {
        assertThatThrownBy(() -> new WebhookSigner(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void generatesSecretsOf32RandomBytes() {
        // When
        String secret = SigningSecrets.generate();

        // Then
        assertThat(secret).startsWith("whsec_").isNotEqualTo(SigningSecrets.generate());
        assertThat(Base64.getDecoder().decode(secret.substring("whsec_".length())))
                .hasSize(32);
    }
}
