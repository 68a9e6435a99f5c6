package io.stockhook.events.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.events.signature.SignatureVerifier.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureVerifierTests {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final String TIMESTAMP = "1614265330";
    private static final Instant SIGNED_AT = Instant.ofEpochSecond(1_614_265_330);
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final String FOREIGN = "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private final SignatureVerifier verifier = new SignatureVerifier(List.of(SECRET));

    @Test
    void acceptsThePublishedStandardWebhooksVector() {
        assertThat(verifier.standard(ID, TIMESTAMP, SIGNATURE, BODY, SIGNED_AT)).isEqualTo(Verdict.VALID);
    }

    @Test
    void acceptsAnyOfSeveralSignatures() {
        // Given
        String header = "v1a,c29tZXRoaW5nIGVsc2U= " + FOREIGN + ' ' + SIGNATURE;

        // When
        Verdict verdict = verifier.standard(ID, TIMESTAMP, header, BODY, SIGNED_AT);

        // Then
        assertThat(verdict).isEqualTo(Verdict.VALID);
    }

    @Test
    void acceptsTheOldAndTheNewSecretDuringARotation() {
        // Given
        String newest = SigningSecrets.generate();
        SignatureVerifier rotating = new SignatureVerifier(List.of(newest, SECRET));
        String byTheNewest = new WebhookSigner(List.of(newest)).standard(ID, 1_614_265_330, BODY);

        // When
        List<Verdict> verdicts = List.of(
                rotating.standard(ID, TIMESTAMP, SIGNATURE, BODY, SIGNED_AT),
                rotating.standard(ID, TIMESTAMP, byTheNewest, BODY, SIGNED_AT));

        // Then
        assertThat(verdicts).containsOnly(Verdict.VALID);
    }

    @Test
    void refusesASecretThatIsRotatedOut() {
        // Given
        SignatureVerifier rotated = new SignatureVerifier(List.of(SigningSecrets.generate()));

        // When
        Verdict verdict = rotated.standard(ID, TIMESTAMP, SIGNATURE, BODY, SIGNED_AT);

        // Then
        assertThat(verdict).isEqualTo(Verdict.MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(longs = {-300, -1, 0, 1, 300})
    void acceptsAClockUpToFiveMinutesOff(long seconds) {
        // When
        Verdict verdict = verifier.standard(ID, TIMESTAMP, SIGNATURE, BODY, SIGNED_AT.plusSeconds(seconds));

        // Then
        assertThat(verdict).isEqualTo(Verdict.VALID);
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, -301, 301, 86_400})
    void callsATimestampStaleBeyondFiveMinutesEitherWay(long seconds) {
        // When
        Verdict verdict = verifier.standard(ID, TIMESTAMP, SIGNATURE, BODY, SIGNED_AT.plusSeconds(seconds));

        // Then
        assertThat(verdict).isEqualTo(Verdict.STALE);
    }

    @Test
    void callsATimestampStaleWhoseDistanceFromNowOverflows() {
        // Given
        long distantPast = Long.MIN_VALUE + SIGNED_AT.getEpochSecond();
        String signature = new WebhookSigner(List.of(SECRET)).standard(ID, distantPast, BODY);

        // When
        Verdict verdict = verifier.standard(ID, Long.toString(distantPast), signature, BODY, SIGNED_AT);

        // Then
        assertThat(verdict).isEqualTo(Verdict.STALE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "now", "1614265330.5", "0x60", "99999999999999999999", "1614265330, 1614265330"})
    void callsATimestampMalformedThatIsNoNumberOfSeconds(String timestamp) {
        assertThat(verifier.standard(ID, timestamp, SIGNATURE, BODY, SIGNED_AT)).isEqualTo(Verdict.MALFORMED);
    }

    @Test
    void callsEachMissingHeaderMissing() {
        assertThat(verifier.standard(null, TIMESTAMP, SIGNATURE, BODY, SIGNED_AT))
                .isEqualTo(Verdict.MISSING);
        assertThat(verifier.standard(ID, null, SIGNATURE, BODY, SIGNED_AT)).isEqualTo(Verdict.MISSING);
        assertThat(verifier.standard(ID, TIMESTAMP, null, BODY, SIGNED_AT)).isEqualTo(Verdict.MISSING);
        assertThat(verifier.classic(null, BODY)).isEqualTo(Verdict.MISSING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "v1",
                "v1,",
                "v1,not base64!",
                "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "V1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1O==",
                "v1,g0hM9SsE",
                "v1=g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
            })
    void findsNoMatchInASignatureHeaderOfAnotherForm(String header) {
        assertThat(verifier.standard(ID, TIMESTAMP, header, BODY, SIGNED_AT)).isEqualTo(Verdict.MISMATCH);
    }

    @Test
    void bindsTheSignatureToIdTimestampAndBody() {
        assertThat(verifier.standard("msg_other", TIMESTAMP, SIGNATURE, BODY, SIGNED_AT))
                .isEqualTo(Verdict.MISMATCH);
        assertThat(verifier.standard(ID, "1614265331", SIGNATURE, BODY, SIGNED_AT))
                .isEqualTo(Verdict.MISMATCH);
        assertThat(verifier.standard(ID, TIMESTAMP, SIGNATURE, "{\"test\":2432232314}".getBytes(UTF_8), SIGNED_AT))
                .isEqualTo(Verdict.MISMATCH);
    }

    @Test
    void acceptsTheClassicHeaderInEitherCase() {
        // Given
        String header = new WebhookSigner(List.of(SECRET)).classic(BODY);
        String upperCase = "sha256=" + header.substring("sha256=".length()).toUpperCase(Locale.ROOT);

        // When
        List<Verdict> verdicts = List.of(verifier.classic(header, BODY), verifier.classic(upperCase, BODY));

        // Then
        assertThat(verdicts).containsOnly(Verdict.VALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256", "sha1=00", "sha256=0", "sha256=zz", "sha256=00 11", "sha256=00,sha256=00"})
    void callsAClassicHeaderMalformedThatIsNoHex(String header) {
        assertThat(verifier.classic(header, BODY)).isEqualTo(Verdict.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sha256=", "sha256=00", "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            })
    void findsNoMatchInAClassicHeaderOfOtherBytes(String header) {
        assertThat(verifier.classic(header, BODY)).isEqualTo(Verdict.MISMATCH);
    }

    @Test
    void toleratesFiveMinutes() {
        assertThat(SignatureVerifier.TOLERANCE).isEqualTo(Duration.ofMinutes(5));
    }
}
