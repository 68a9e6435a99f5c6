package io.stockhook.subscription.validation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.events.signature.Ed25519Keys;
import io.stockhook.events.signature.SigningSecrets;
import io.stockhook.events.signature.WebhookSigner;
import io.stockhook.subscription.validation.ValidationView.SignatureAnswer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureDiagnosisTests {

    private static final String SECRET = SigningSecrets.generate();
    private static final String PLAIN = "c2VjcmV0LW9mLXNpeHRlZW4=";
    private static final String ID = "evt_1";
    private static final long SECONDS = 1_767_225_600;
    private static final Instant NOW = Instant.ofEpochSecond(SECONDS);
    private static final String BODY =
            "{\"type\":\"product.updated\",\"data\":{\"name\":\"Gr\u00f6\u00dfe\",\"price\":1.50}}";

    @Test
    void bothSchemesVerify() {
        // When
        SignatureAnswer answer = diagnose(SECRET, headers(List.of(SECRET)), BODY);

        // Then
        assertThat(answer.valid()).isTrue();
        assertThat(answer.verified()).containsExactly("x-webhook-signature", "v1");
        assertThat(answer.problems()).isEmpty();
    }

    @Test
    void showsTheRightSignaturesToWhoeverBroughtTheSecretAndToNobodyElse() {
        // Given
        Map<String, @Nullable String> headers = headers(List.of(SigningSecrets.generate()));

        // When
        SignatureAnswer brought = diagnose(SECRET, headers, BODY);
        SignatureAnswer stored = SignatureDiagnosis.of(
                new VerificationKeys(List.of(SECRET), List.of(), "X-Webhook-", false), headers, bytes(BODY), NOW);

        // Then
        WebhookSigner signer = new WebhookSigner(List.of(SECRET));
        assertThat(brought.expectedHeaders())
                .containsEntry("webhook-signature", signer.standard(ID, SECONDS, bytes(BODY)))
                .containsEntry("X-Webhook-Signature", signer.classic(bytes(BODY)));
        assertThat(stored.expectedHeaders()).isNull();
        assertThat(stored.toString()).doesNotContain(SECRET);
    }

    @Test
    void wrongSecretFitsNothing() {
        assertThat(codes(diagnose(SECRET, headers(List.of(SigningSecrets.generate())), BODY)))
                .containsExactly("no_match", "no_match");
    }

    @Test
    void bodyThatWasParsedAndWrittenAgainIsSeen() {
        // Given
        String rewritten =
                "{\"type\": \"product.updated\", \"data\": {\"name\": \"Gr\\u00f6\\u00dfe\", \"price\": 1.50}}";

        // When
        SignatureAnswer answer = diagnose(SECRET, headers(List.of(SECRET)), rewritten);

        // Then
        assertThat(answer.valid()).isFalse();
        assertThat(codes(answer)).containsOnly("body_altered");
        assertThat(answer.problems().get(0).message()).contains("same JSON");
    }

    @Test
    void lineBreakTooManyOrTooFewIsSeen() {
        // When
        SignatureAnswer more = diagnose(SECRET, headers(List.of(SECRET)), BODY + "\r\n");
        SignatureAnswer fewer = diagnose(
                SECRET, headers(signature(base64(key(SECRET), ID + '.' + SECONDS + '.' + BODY + '\n')), null), BODY);

        // Then
        assertThat(codes(more)).containsOnly("body_altered");
        assertThat(codes(fewer)).containsExactly("body_altered");
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301})
    void timestampOutsideTheToleranceIsTheOnlyThingWrong(long seconds) {
        // Given
        VerificationKeys keys = callers(SECRET);

        // When
        SignatureAnswer answer =
                SignatureDiagnosis.of(keys, headers(List.of(SECRET)), bytes(BODY), NOW.plusSeconds(seconds));

        // Then
        assertThat(answer.valid()).isFalse();
        assertThat(answer.verified()).containsExactly("x-webhook-signature");
        assertThat(answer.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("timestamp_stale");
            assertThat(problem.message()).startsWith(seconds > 0 ? "Is 301 s before" : "Is 301 s after");
        });
    }

    @Test
    void millisecondsAreSeenAndTheSecondsAreSaid() {
        // Given
        Map<String, @Nullable String> headers = headers(List.of(SECRET));
        headers.put("webhook-timestamp", SECONDS + "123");

        // When
        SignatureAnswer answer = diagnose(SECRET, headers, BODY);

        // Then
        assertThat(answer.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("signature.headers.webhook-timestamp");
            assertThat(problem.code()).isEqualTo("timestamp_malformed");
            assertThat(problem.expected()).isEqualTo(Long.toString(SECONDS));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp"})
    void missingHeaderIsNamed(String name) {
        // Given
        Map<String, @Nullable String> headers = headers(List.of(SECRET));
        headers.remove(name);

        // When
        SignatureAnswer answer = diagnose(SECRET, headers, BODY);

        // Then
        assertThat(answer.problems())
                .singleElement()
                .isEqualTo(Finding.of(
                        "signature.headers." + name,
                        "header_missing",
                        "Is missing; webhook-signature signs it with the body."));
    }

    @Test
    void requestWithoutAnySignatureIsSeen() {
        assertThat(codes(diagnose(SECRET, Map.of("content-type", "application/json"), BODY)))
                .containsExactly("signature_missing");
    }

    @Test
    void headerNamesHaveNoCase() {
        // Given
        Map<String, @Nullable String> headers = new HashMap<>();
        headers(List.of(SECRET)).forEach((name, value) -> headers.put(name.toUpperCase(Locale.ROOT), value));

        // When
        SignatureAnswer answer = diagnose(SECRET, headers, BODY);

        // Then
        assertThat(answer.valid()).isTrue();
    }

    @Test
    void idThatWasNotSignedIsSeenWhereTheOtherSchemeVerifies() {
        // Given
        Map<String, @Nullable String> headers = headers(List.of(SECRET));
        headers.put("webhook-id", "evt_2");

        // When
        SignatureAnswer answer = diagnose(SECRET, headers, BODY);

        // Then
        assertThat(codes(answer)).containsExactly("id_or_timestamp_altered");
    }

    @Test
    void keysOfTheWrongEncodingAreSeen() {
        // Given
        String signed = ID + '.' + SECONDS + '.' + BODY;
        String byText = signature(base64(bytes(SECRET), signed));
        String byTextAfterPrefix = signature(base64(bytes(SECRET.substring(6)), signed));
        String byDecodedPlain = signature(base64(Base64.getDecoder().decode(PLAIN), signed));
        String classicByDecoded = "sha256=" + HexFormat.of().formatHex(hmac(key(SECRET), BODY));

        // When
        List<SignatureAnswer> answers = List.of(
                diagnose(SECRET, headers(byText, null), BODY),
                diagnose(SECRET, headers(byTextAfterPrefix, null), BODY),
                diagnose(PLAIN, headers(byDecodedPlain, null), BODY),
                diagnose(SECRET, headers(null, classicByDecoded), BODY));

        // Then
        assertThat(answers).allSatisfy(answer -> assertThat(codes(answer)).containsExactly("secret_encoding"));
    }

    @Test
    void secretThatWasCopiedWithTooMuchOrTooLittleIsSeen() {
        // Given
        Map<String, @Nullable String> headers = headers(List.of(SECRET));

        // When
        List<SignatureAnswer> answers = List.of(
                diagnose(SECRET + '\n', headers, BODY),
                diagnose('"' + SECRET + '"', headers, BODY),
                diagnose(SECRET.substring(6), headers, BODY));

        // Then
        assertThat(answers).allSatisfy(answer -> assertThat(codes(answer)).contains("secret_spelling"));
    }

    @Test
    void contentThatIsSignedOtherwiseIsSeen() {
        // Given
        byte[] key = key(SECRET);

        // When
        List<SignatureAnswer> answers = List.of(
                diagnose(SECRET, headers(signature(base64(key, BODY)), null), BODY),
                diagnose(SECRET, headers(signature(base64(key, SECONDS + "." + BODY)), null), BODY),
                diagnose(
                        SECRET,
                        headers(
                                null,
                                "sha256="
                                        + HexFormat.of()
                                                .formatHex(hmac(bytes(SECRET), ID + '.' + SECONDS + '.' + BODY))),
                        BODY));

        // Then
        assertThat(answers).allSatisfy(answer -> assertThat(codes(answer)).containsExactly("signed_content"));
    }

    @Test
    void twoMistakesAtOnceAreBothNamed() {
        // Given the body alone, with the text of the secret
        String signature = signature(base64(bytes(SECRET), BODY));

        // When
        SignatureAnswer answer = diagnose(SECRET, headers(signature, null), BODY);

        // Then
        assertThat(codes(answer)).containsExactlyInAnyOrder("secret_encoding", "signed_content");
    }

    @Test
    void signaturesOfAnotherFormAreSeen() {
        // Given
        byte[] right = hmac(key(SECRET), ID + '.' + SECONDS + '.' + BODY);
        String base64 = Base64.getEncoder().encodeToString(right);
        String hex = HexFormat.of().formatHex(right);

        // When
        List<SignatureAnswer> answers = List.of(
                diagnose(SECRET, headers("v1," + hex, null), BODY),
                diagnose(SECRET, headers(base64, null), BODY),
                diagnose(SECRET, headers("v1=" + base64, null), BODY),
                diagnose(SECRET, headers("sha256=" + hex, null), BODY),
                diagnose(SECRET, headers("v1," + base64 + ", v1," + base64 + ',', null), BODY),
                diagnose(SECRET, headers("v2,nothing", null), BODY),
                diagnose(
                        SECRET,
                        headers(null, "sha256=" + Base64.getEncoder().encodeToString(hmac(bytes(SECRET), BODY))),
                        BODY),
                diagnose(SECRET, headers(null, HexFormat.of().formatHex(hmac(bytes(SECRET), BODY))), BODY));

        // Then
        assertThat(answers).allSatisfy(answer -> assertThat(codes(answer)).containsExactly("signature_malformed"));
    }

    @Test
    void oldSecretOfARotationVerifiesOneSchemeAndIsSaidToBeOld() {
        // Given
        Map<String, @Nullable String> headers = headers(List.of(SigningSecrets.generate(), SECRET));

        // When
        SignatureAnswer answer = diagnose(SECRET, headers, BODY);

        // Then
        assertThat(answer.verified()).containsExactly("v1");
        assertThat(codes(answer)).containsExactly("newest_secret");
    }

    @Test
    void asymmetricSignatureVerifiesWithItsPublicKeyAndAsksForItWithout() {
        // Given
        Ed25519Keys.Pair pair = Ed25519Keys.generate();
        String signature = new WebhookSigner(List.of(SECRET), List.of("v1", "v1a"), List.of(pair.privateKey()))
                .standard(ID, SECONDS, bytes(BODY))
                .split(" ", -1)[1];

        // When
        SignatureAnswer with = SignatureDiagnosis.of(
                new VerificationKeys(List.of(), List.of(pair.publicKey()), "X-Webhook-", true),
                headers(signature, null),
                bytes(BODY),
                NOW);
        SignatureAnswer without = diagnose(SECRET, headers(signature, null), BODY);

        // Then
        assertThat(with.valid()).isTrue();
        assertThat(with.verified()).containsExactly("v1a");
        assertThat(codes(without)).containsExactly("public_key_missing");
    }

    @Test
    void longBodyIsLookedThroughOnlyOnce() {
        // Given
        String longBody = '"' + "x".repeat(200_000) + '"';
        String signature = signature(base64(bytes(SECRET), longBody));

        // When
        SignatureAnswer answer = diagnose(SECRET, headers(signature, null), longBody);

        // Then
        assertThat(codes(answer)).containsExactly("no_match");
    }

    private static SignatureAnswer diagnose(String secret, Map<String, @Nullable String> headers, String body) {
        return SignatureDiagnosis.of(callers(secret), headers, bytes(body), NOW);
    }

    private static VerificationKeys callers(String secret) {
        return new VerificationKeys(List.of(secret), List.of(), "X-Webhook-", true);
    }

    private static List<String> codes(SignatureAnswer answer) {
        return answer.problems().stream().map(Finding::code).toList();
    }

    /** What Stockhook sends with these secrets. */
    private static Map<String, @Nullable String> headers(List<String> secrets) {
        WebhookSigner signer = new WebhookSigner(secrets);
        return headers(signer.standard(ID, SECONDS, bytes(BODY)), signer.classic(bytes(BODY)));
    }

    private static Map<String, @Nullable String> headers(@Nullable String standard, @Nullable String classic) {
        Map<String, @Nullable String> headers = new HashMap<>();
        headers.put("webhook-id", ID);
        headers.put("webhook-timestamp", Long.toString(SECONDS));
        headers.put("webhook-signature", standard);
        headers.put("X-Webhook-Signature", classic);
        return headers;
    }

    private static String signature(String base64) {
        return "v1," + base64;
    }

    private static byte[] key(String secret) {
        return Base64.getDecoder().decode(secret.substring("whsec_".length()));
    }

    private static String base64(byte[] key, String content) {
        return Base64.getEncoder().encodeToString(hmac(key, content));
    }

    private static byte[] hmac(byte[] key, String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Arrays.copyOf(key, key.length), "HmacSHA256"));
            return mac.doFinal(bytes(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
