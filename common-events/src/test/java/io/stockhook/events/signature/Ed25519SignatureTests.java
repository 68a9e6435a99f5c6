package io.stockhook.events.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhook.events.signature.SignatureVerifier.Verdict;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ed25519SignatureTests {

    /** The vector of the reference server of Standard Webhooks. */
    private static final String PRIVATE_KEY =
            "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";

    private static final String PUBLIC_KEY = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final long TIMESTAMP = 1_614_265_330;
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);
    private static final String SIGNATURE =
            "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==";

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final List<String> ALONE = List.of(SignatureSchemes.V1A);
    private static final List<String> BOTH = List.of(SignatureSchemes.V1, SignatureSchemes.V1A);

    @Test
    void signsThePublishedVector() {
        // When
        String header = new WebhookSigner(List.of(SECRET), ALONE, List.of(PRIVATE_KEY)).standard(ID, TIMESTAMP, BODY);

        // Then
        assertThat(header).isEqualTo(SIGNATURE);
    }

    @Test
    void acceptsThePublishedVectorWithThePublicKeyAlone() {
        assertThat(verify(SIGNATURE, List.of(), PUBLIC_KEY)).isEqualTo(Verdict.VALID);
        assertThat(verify(SIGNATURE, List.of(SECRET), PUBLIC_KEY)).isEqualTo(Verdict.VALID);
        assertThat(verify(SIGNATURE, List.of(SECRET))).isEqualTo(Verdict.MISMATCH);
    }

    @Test
    void signsInBothSchemesSoThatEitherKeyVerifies() {
        // When
        String header = new WebhookSigner(List.of(SECRET), BOTH, List.of(PRIVATE_KEY)).standard(ID, TIMESTAMP, BODY);

        // Then
        assertThat(header).matches("v1,[^ ]+ v1a,[^ ]+");
        assertThat(verify(header, List.of(SECRET))).isEqualTo(Verdict.VALID);
        assertThat(verify(header, List.of(), PUBLIC_KEY)).isEqualTo(Verdict.VALID);
    }

    @Test
    void signsWithEachPrivateKeyDuringARotation() {
        // Given
        Ed25519Keys.Pair newest = Ed25519Keys.generate();

        // When
        String header = new WebhookSigner(List.of(SECRET), ALONE, List.of(newest.privateKey(), PRIVATE_KEY))
                .standard(ID, TIMESTAMP, BODY);

        // Then
        assertThat(header).matches("v1a,[^ ]+ v1a,[^ ]+").endsWith(' ' + SIGNATURE);
        assertThat(verify(header, List.of(), newest.publicKey())).isEqualTo(Verdict.VALID);
        assertThat(verify(header, List.of(), PUBLIC_KEY)).isEqualTo(Verdict.VALID);
    }

    @Test
    void findsTheOneThatFitsAmongSeveralSignatures() {
        // Given
        String foreign = "v1a," + Base64.getEncoder().encodeToString(new byte[64])
                + " v1a,rubbish! v1a, v2,c2ln v1,c2ln v1a,c2ln";

        // Then
        assertThat(verify(foreign + ' ' + SIGNATURE, List.of(SECRET), PUBLIC_KEY))
                .isEqualTo(Verdict.VALID);
        assertThat(verify(foreign, List.of(SECRET), PUBLIC_KEY)).isEqualTo(Verdict.MISMATCH);
    }

    @Test
    void looksAtABoundedNumberOfSignatures() {
        // Given
        String foreign = "v1a," + Base64.getEncoder().encodeToString(new byte[64]) + ' ';

        // When
        Verdict verdict = verify(String.join("", Collections.nCopies(100, foreign)) + SIGNATURE, List.of(), PUBLIC_KEY);

        // Then
        assertThat(verdict).isEqualTo(Verdict.MISMATCH);
    }

    @Test
    void bindsTheSignatureToIdTimestampAndBody() {
        // Given
        SignatureVerifier verifier = new SignatureVerifier(List.of(), List.of(PUBLIC_KEY));
        Instant now = Instant.ofEpochSecond(TIMESTAMP);

        // Then
        assertThat(verifier.standard("msg_other", Long.toString(TIMESTAMP), SIGNATURE, BODY, now))
                .isEqualTo(Verdict.MISMATCH);
        assertThat(verifier.standard(ID, Long.toString(TIMESTAMP + 1), SIGNATURE, BODY, now))
                .isEqualTo(Verdict.MISMATCH);
        assertThat(verifier.standard(ID, Long.toString(TIMESTAMP), SIGNATURE, new byte[0], now))
                .isEqualTo(Verdict.MISMATCH);
        assertThat(verifier.standard(ID, Long.toString(TIMESTAMP), SIGNATURE, BODY, now.plusSeconds(301)))
                .isEqualTo(Verdict.STALE);
    }

    @Test
    void refusesToSignWhereNoKeyFitsTheSchemes() {
        assertThatThrownBy(() -> new WebhookSigner(List.of(SECRET), ALONE, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WebhookSigner(List.of(SECRET), List.of("v9"), List.of(PRIVATE_KEY)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WebhookSigner(List.of(SECRET), ALONE, List.of("whsk_AAAA")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void generatesPairsOfTheWrittenForm() {
        // When
        Ed25519Keys.Pair pair = Ed25519Keys.generate();

        // Then
        byte[] privateKey = Base64.getDecoder().decode(pair.privateKey().substring("whsk_".length()));
        byte[] publicKey = Base64.getDecoder().decode(pair.publicKey().substring("whpk_".length()));
        assertThat(privateKey).hasSize(64).endsWith(publicKey);
        assertThat(publicKey).hasSize(32);
        assertThat(pair).isNotEqualTo(Ed25519Keys.generate());
        assertThat(pair.toString()).doesNotContain("whsk_");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "whpk_",
                "whpk_AAAA",
                "whpk_!",
                "1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=",
                SECRET,
                PRIVATE_KEY
            })
    void knowsAPublicKeyFromOtherTexts(String text) {
        assertThat(Ed25519Keys.isPublicKey(text)).isFalse();
        assertThat(Ed25519Keys.isPublicKey(PUBLIC_KEY)).isTrue();
    }

    private static Verdict verify(String header, List<String> secrets, String... publicKeys) {
        return new SignatureVerifier(secrets, List.of(publicKeys))
                .standard(ID, Long.toString(TIMESTAMP), header, BODY, Instant.ofEpochSecond(TIMESTAMP));
    }
}
