package io.stockhook.events.signature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Verifies what {@link WebhookSigner} signs, over the raw bytes and in constant time. Thread-safe. */
public final class SignatureVerifier {

    /** How far a timestamp may be from now, either way, before a request counts as replayed. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    /** How many signatures of {@code v1a} are verified: each costs a curve's arithmetic, and a header has room for hundreds. */
    private static final int MAX_ASYMMETRIC = 10;

    private static final String CLASSIC_ALGORITHM = "sha256=";

    /** What a verification found. */
    public enum Verdict {
        /** Signed by one of the keys, and recent. */
        VALID,
        /** A header that the scheme needs is not there. */
        MISSING,
        /** A header is there but cannot be read. */
        MALFORMED,
        /** The timestamp is further from now than the tolerance. */
        STALE,
        /** No signature fits the body and any secret. */
        MISMATCH
    }

    private final List<SigningKey> standardKeys;
    private final List<SigningKey> classicKeys;
    private final List<PublicKey> publicKeys;

    /** @param secrets those that may have signed, several during a rotation */
    public SignatureVerifier(List<String> secrets) {
        this(secrets, List.of());
    }

    /**
     * A verifier of both kinds of keys; either may be missing.
     *
     * @param secrets those that may have signed, several during a rotation
     * @param publicKeys {@code whpk_...}, those whose private keys may have signed
     * @throws IllegalArgumentException if a public key is none
     */
    public SignatureVerifier(List<String> secrets, List<String> publicKeys) {
        this.publicKeys = publicKeys.stream().map(Ed25519Keys::publicKey).toList();
        this.standardKeys = secrets.stream().map(SigningKey::standard).toList();
        this.classicKeys = secrets.stream().map(SigningKey::classic).toList();
    }

    /**
     * Verifies the three headers of Standard Webhooks 1.0: one signature of {@code v1} or {@code v1a} by one of the keys is enough, and those
     * of other versions are passed over.
     */
    public Verdict standard(
            @Nullable String webhookId,
            @Nullable String webhookTimestamp,
            @Nullable String webhookSignature,
            byte[] body,
            Instant now) {
        if (webhookId == null || webhookTimestamp == null || webhookSignature == null) {
            return Verdict.MISSING;
        }
        long seconds;
        try {
            seconds = Long.parseLong(webhookTimestamp);
        } catch (NumberFormatException e) {
            return Verdict.MALFORMED;
        }
        if (seconds < now.minus(TOLERANCE).getEpochSecond()
                || seconds > now.plus(TOLERANCE).getEpochSecond()) {
            return Verdict.STALE;
        }
        byte[] signedPrefix = (webhookId + '.' + webhookTimestamp + '.').getBytes(StandardCharsets.UTF_8);
        int asymmetric = 0;
        for (String signature : webhookSignature.split(" ", -1)) {
            int comma = signature.indexOf(',');
            String version = comma < 0 ? "" : signature.substring(0, comma);
            byte @Nullable [] given = base64(signature.substring(comma + 1));
            if (given == null) {
                continue;
            }
            if (version.equals(SignatureSchemes.V1) && anyMatches(standardKeys, given, signedPrefix, body)) {
                return Verdict.VALID;
            }
            if (version.equals(SignatureSchemes.V1A)
                    && asymmetric++ < MAX_ASYMMETRIC
                    && publicKeys.stream().anyMatch(key -> Ed25519Keys.verify(key, given, signedPrefix, body))) {
                return Verdict.VALID;
            }
        }
        return Verdict.MISMATCH;
    }

    /** Verifies {@code X-Webhook-Signature: sha256=<hex>}. It has no timestamp, so a replay is not noticed. */
    public Verdict classic(@Nullable String signature, byte[] body) {
        if (signature == null) {
            return Verdict.MISSING;
        }
        if (!signature.startsWith(CLASSIC_ALGORITHM)) {
            return Verdict.MALFORMED;
        }
        try {
            byte[] given = HexFormat.of().parseHex(signature.substring(CLASSIC_ALGORITHM.length()));
            return anyMatches(classicKeys, given, body) ? Verdict.VALID : Verdict.MISMATCH;
        } catch (IllegalArgumentException e) {
            return Verdict.MALFORMED;
        }
    }

    private static boolean anyMatches(List<SigningKey> keys, byte[] given, byte[]... signed) {
        boolean matches = false;
        for (SigningKey key : keys) {
            matches |= MessageDigest.isEqual(given, key.sign(signed));
        }
        return matches;
    }

    private static byte @Nullable [] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
