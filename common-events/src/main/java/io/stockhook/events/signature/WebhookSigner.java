package io.stockhook.events.signature;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Signs deliveries with an endpoint's secrets, in both schemes that we send: {@code webhook-signature} of Standard Webhooks
 * 1.0 and {@code X-Webhook-Signature: sha256=<hex>}. Thread-safe.
 */
public final class WebhookSigner {

    private static final String STANDARD_VERSION = "v1,";
    private static final String CLASSIC_ALGORITHM = "sha256=";

    private final List<SigningKey> standardKeys;
    private final SigningKey classicKey;

    /** @param secrets at least one, newest first; during a rotation the older ones still sign the standard header */
    public WebhookSigner(List<String> secrets) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("an endpoint without a secret cannot be signed for");
        }
        this.standardKeys = secrets.stream().map(SigningKey::standard).toList();
        this.classicKey = SigningKey.classic(secrets.get(0));
    }

    /**
     * The value of {@code webhook-signature}: one {@code v1,<base64>} for each secret, separated by spaces, over
     * {@code id.timestamp.body}.
     *
     * @param timestampSeconds the value of {@code webhook-timestamp}, Unix seconds
     */
    public String standard(String webhookId, long timestampSeconds, byte[] body) {
        byte[] signedPrefix = (webhookId + '.' + timestampSeconds + '.').getBytes(StandardCharsets.UTF_8);
        StringBuilder header = new StringBuilder(64);
        for (SigningKey key : standardKeys) {
            if (header.length() > 0) {
                header.append(' ');
            }
            header.append(STANDARD_VERSION).append(Base64.getEncoder().encodeToString(key.sign(signedPrefix, body)));
        }
        return header.toString();
    }

    /** The value of {@code X-Webhook-Signature}: the newest secret's HMAC-SHA256 of the body alone. */
    public String classic(byte[] body) {
        return CLASSIC_ALGORITHM + HexFormat.of().formatHex(classicKey.sign(body));
    }
}
