import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Verifies what Stockhook delivers. Needs Java 17 and nothing else. Thread-safe. */
public final class WebhookVerifier {

    /** By how much a clock may be off, either way. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final List<String> secrets;

    /** @param secrets those that may have signed, two during a rotation */
    public WebhookVerifier(List<String> secrets) {
        this.secrets = List.copyOf(secrets);
    }

    /**
     * Whether the three {@code webhook-...} headers fit the body (Standard Webhooks 1.0, v1).
     *
     * @param id {@code webhook-id}, null if it is missing; the other headers likewise
     * @param body the bytes as they were received, not parsed and written again
     */
    public boolean isStandardValid(String id, String timestamp, String signatures, byte[] body, Instant now) {
        if (id == null || timestamp == null || signatures == null || !timestamp.matches("[0-9]{1,12}")) {
            return false;
        }
        Instant signedAt = Instant.ofEpochSecond(Long.parseLong(timestamp));
        if (Duration.between(signedAt, now).abs().compareTo(TOLERANCE) > 0) {
            return false;
        }
        byte[] prefix = utf8(id + "." + timestamp + ".");
        boolean valid = false;
        for (String secret : secrets) {
            byte[] digest = hmac(key(secret), prefix, body);
            byte[] expected = utf8("v1," + Base64.getEncoder().encodeToString(digest));
            for (String signature : signatures.split(" ")) {
                valid |= MessageDigest.isEqual(expected, utf8(signature));
            }
        }
        return valid;
    }

    /** Whether {@code X-Webhook-Signature} fits the body. It has no timestamp: a replay is not noticed. */
    public boolean isClassicValid(String signature, byte[] body) {
        boolean valid = false;
        for (String secret : secrets) {
            String expected = "sha256=" + HexFormat.of().formatHex(hmac(utf8(secret), body));
            valid |= signature != null && MessageDigest.isEqual(utf8(expected), utf8(signature));
        }
        return valid;
    }

    private static byte[] key(String secret) {
        return secret.startsWith("whsec_")
                ? Base64.getDecoder().decode(secret.substring("whsec_".length()))
                : utf8(secret);
    }

    private static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
