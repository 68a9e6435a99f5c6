package io.stockhook.subscription.validation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stockhook.events.signature.SignatureSchemes;
import io.stockhook.events.signature.SignatureVerifier;
import io.stockhook.events.signature.SignatureVerifier.Verdict;
import io.stockhook.events.signature.WebhookSigner;
import io.stockhook.subscription.secret.SigningSecretRules;
import io.stockhook.subscription.validation.Deviation.Variant;
import io.stockhook.subscription.validation.ValidationView.SignatureAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says which of a delivery's signatures verify, and why one does not. Pure. */
final class SignatureDiagnosis {

    /** What {@code X-Webhook-Signature} is called in the answer. */
    static final String CLASSIC = "x-webhook-signature";

    private static final String ID = "webhook-id";
    private static final String TIMESTAMP = "webhook-timestamp";
    private static final String STANDARD = "webhook-signature";
    private static final String HEADERS = "signature.headers.";
    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");
    private static final Pattern MILLISECONDS = Pattern.compile("\\d{13}");
    private static final byte[] NOTHING = {};

    private final VerificationKeys keys;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final byte[] body;
    private final Instant now;
    private final String classicHeader;
    private final SignatureVerifier bySecrets;
    private final SignatureVerifier byPublicKeys;
    private final List<String> verified = new ArrayList<>();
    private final List<Finding> problems = new ArrayList<>();

    private SignatureDiagnosis(VerificationKeys keys, Map<String, @Nullable String> headers, byte[] body, Instant now) {
        this.keys = keys;
        headers.forEach((name, value) -> {
            if (value != null) {
                this.headers.put(name, value.strip());
            }
        });
        this.body = body;
        this.now = now;
        this.classicHeader = keys.headerPrefix() + "Signature";
        this.bySecrets = new SignatureVerifier(keys.secrets());
        this.byPublicKeys = new SignatureVerifier(List.of(), keys.publicKeys());
    }

    /**
     * What the headers' signatures are worth.
     *
     * @param headers names in any case; null for one that has no value
     * @param now when the request was received
     */
    static SignatureAnswer of(VerificationKeys keys, Map<String, @Nullable String> headers, byte[] body, Instant now) {
        return new SignatureDiagnosis(keys, headers, body, now).answer();
    }

    private SignatureAnswer answer() {
        String standard = headers.get(STANDARD);
        String classic = headers.get(classicHeader);
        boolean isClassicRight = classic != null && bySecrets.classic(classic, body) == Verdict.VALID;
        if (isClassicRight) {
            verified.add(CLASSIC);
        }
        if (standard != null) {
            checkStandard(standard);
        } else if (classic == null) {
            problems.add(Finding.of(
                    HEADERS + STANDARD,
                    "signature_missing",
                    "There is neither webhook-signature nor %s; see whether a proxy drops them."
                            .formatted(classicHeader)));
        }
        if (classic != null && !isClassicRight && !keys.secrets().isEmpty()) {
            explainClassic(classic, standard);
        }
        return new SignatureAnswer(
                !verified.isEmpty() && problems.isEmpty(), List.copyOf(verified), List.copyOf(problems), expected());
    }

    private void checkStandard(String signatures) {
        String id = headers.get(ID);
        String timestamp = headers.get(TIMESTAMP);
        for (String name : List.of(ID, TIMESTAMP)) {
            if (!headers.containsKey(name)) {
                problems.add(Finding.of(
                        HEADERS + name, "header_missing", "Is missing; webhook-signature signs it with the body."));
            }
        }
        if (id == null || timestamp == null) {
            return;
        }
        if (!SECONDS.matcher(timestamp).matches()) {
            boolean isMillis = MILLISECONDS.matcher(timestamp).matches();
            problems.add(new Finding(
                    HEADERS + TIMESTAMP,
                    "timestamp_malformed",
                    isMillis
                            ? "Is in milliseconds and must be in seconds."
                            : "Must be the seconds since 1970, in digits.",
                    isMillis ? timestamp.substring(0, timestamp.length() - 3) : Long.toString(now.getEpochSecond())));
            return;
        }
        Instant signedAt = Instant.ofEpochSecond(Long.parseLong(timestamp));
        List<String> schemes = new ArrayList<>();
        if (bySecrets.standard(id, timestamp, signatures, body, signedAt) == Verdict.VALID) {
            schemes.add(SignatureSchemes.V1);
        }
        if (byPublicKeys.standard(id, timestamp, signatures, body, signedAt) == Verdict.VALID) {
            schemes.add(SignatureSchemes.V1A);
        }
        boolean isFresh = checkAge(signedAt);
        if (schemes.isEmpty()) {
            explainStandard(id, timestamp, signatures);
        } else if (isFresh) {
            verified.addAll(schemes);
        }
    }

    private boolean checkAge(Instant signedAt) {
        Duration age = Duration.between(signedAt, now);
        if (age.abs().compareTo(SignatureVerifier.TOLERANCE) <= 0) {
            return true;
        }
        problems.add(Finding.of(
                HEADERS + TIMESTAMP,
                "timestamp_stale",
                "Is %d s %s it was received, and may be %d s from it: a replay, or a wrong clock. Give received_at for an old request."
                        .formatted(
                                age.abs().toSeconds(),
                                age.isNegative() ? "after" : "before",
                                SignatureVerifier.TOLERANCE.toSeconds())));
        return false;
    }

    private void explainStandard(String id, String timestamp, String signatures) {
        boolean isAsymmetricAlone = Arrays.stream(signatures.split(" ", -1))
                .allMatch(signature -> signature.startsWith(SignatureSchemes.V1A + ','));
        if (isAsymmetricAlone || keys.secrets().isEmpty()) {
            problems.add(
                    keys.publicKeys().isEmpty()
                            ? Finding.of(
                                    "signature.public_key",
                                    "public_key_missing",
                                    "The signature is v1a, which a public key verifies: see signature.public_keys of the webhook.")
                            : noMatch(HEADERS + STANDARD, "public key"));
            return;
        }
        String both = id + '.' + timestamp + '.';
        List<Variant> beginnings = List.of(
                Variant.right(both.getBytes(UTF_8)),
                new Variant(
                        NOTHING,
                        signedContent(
                                "The body alone was signed; webhook-id and webhook-timestamp stand before it, each with a dot.")),
                new Variant(
                        (timestamp + '.').getBytes(UTF_8),
                        signedContent("Timestamp and body were signed; webhook-id and a dot stand before them.")),
                new Variant(
                        (id + timestamp).getBytes(UTF_8),
                        signedContent("The dots after webhook-id and webhook-timestamp are missing.")));
        List<Variant> given = SignatureVariants.standardSignatures(signatures);
        if (given.isEmpty()) {
            problems.add(SignatureVariants.malformed(
                            HEADERS + STANDARD, "Must be v1,<base64>, several of them separated by spaces.")
                    .finding());
            return;
        }
        List<Deviation> mistakes = search(beginnings, given, true);
        if (!mistakes.isEmpty()) {
            mistakes.forEach(mistake -> problems.add(mistake.finding()));
        } else if (verified.contains(CLASSIC)) {
            problems.add(Finding.of(
                    HEADERS + STANDARD,
                    "id_or_timestamp_altered",
                    "Secret and body are right, since %s verifies: webhook-id or webhook-timestamp is not the one that was signed."
                            .formatted(classicHeader)));
        } else {
            addNoMatch(HEADERS + STANDARD);
        }
    }

    private void explainClassic(String signature, @Nullable String standard) {
        String field = HEADERS + classicHeader;
        List<Variant> given = SignatureVariants.classicSignatures(field, signature);
        if (given.isEmpty()) {
            problems.add(
                    SignatureVariants.malformed(field, "Must be sha256=<hex>.").finding());
            return;
        }
        String both = headers.getOrDefault(ID, "") + '.' + headers.getOrDefault(TIMESTAMP, "") + '.';
        List<Variant> beginnings = List.of(
                Variant.right(NOTHING),
                new Variant(
                        both.getBytes(UTF_8),
                        signedContent(
                                "webhook-id and webhook-timestamp were signed as well; this header signs the body alone.")));
        List<Deviation> mistakes = search(beginnings, given, false);
        if (!mistakes.isEmpty()) {
            mistakes.forEach(mistake -> problems.add(mistake.finding()));
        } else if (verified.contains(SignatureSchemes.V1) && standard != null && standard.indexOf(' ') > 0) {
            problems.add(Finding.of(
                    field,
                    "newest_secret",
                    "The webhook's secret is being replaced: webhook-signature verifies with this one, and this header is made with the"
                            + " newest alone."));
        } else {
            addNoMatch(field);
        }
    }

    private List<Deviation> search(List<Variant> beginnings, List<Variant> given, boolean isStandard) {
        List<Variant> bodies = SignatureVariants.bodies(body);
        for (String secret : keys.secrets()) {
            List<Deviation> found = new SignatureSearch(keysOf(secret, isStandard), beginnings, bodies).mistakes(given);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    private List<Variant> keysOf(String secret, boolean isStandard) {
        List<Variant> all = new ArrayList<>(
                isStandard ? SignatureVariants.standardKeys(secret) : SignatureVariants.classicKeys(secret));
        if (keys.areTheCallers()) {
            for (String spelling : SignatureVariants.spellings(secret)) {
                Variant right = (isStandard
                                ? SignatureVariants.standardKeys(spelling)
                                : SignatureVariants.classicKeys(spelling))
                        .get(0);
                all.add(new Variant(right.bytes(), SignatureVariants.misspelt(secret, spelling)));
            }
        }
        return all;
    }

    private void addNoMatch(String field) {
        if (keys.areTheCallers()) {
            keys.secrets().stream()
                    .flatMap(secret -> SigningSecretRules.objection(secret).stream())
                    .map(objection -> Finding.of(
                            SignatureVariants.SECRET, "secret_malformed", "Is no secret of a webhook. " + objection))
                    .filter(finding -> !problems.contains(finding))
                    .forEach(problems::add);
        }
        problems.add(noMatch(field, "secret"));
    }

    private static Finding noMatch(String field, String key) {
        return Finding.of(
                field,
                "no_match",
                "The %s does not fit: it was signed for another one, or the body is not byte for byte what was signed."
                        .formatted(key));
    }

    private static Deviation signedContent(String message) {
        return new Deviation(SignatureVariants.BODY, "signed_content", message);
    }

    private @Nullable Map<String, String> expected() {
        if (!keys.areTheCallers() || keys.secrets().isEmpty()) {
            return null;
        }
        WebhookSigner signer = new WebhookSigner(keys.secrets());
        Map<String, String> expected = new LinkedHashMap<>();
        String id = headers.get(ID);
        String timestamp = headers.get(TIMESTAMP);
        if (id != null && timestamp != null && SECONDS.matcher(timestamp).matches()) {
            expected.put(STANDARD, signer.standard(id, Long.parseLong(timestamp), body));
        }
        expected.put(classicHeader, signer.classic(body));
        return expected;
    }
}
