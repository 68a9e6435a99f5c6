package io.stockhook.events.signature;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Signs deliveries with an endpoint's secrets, in both schemes that we send: {@code webhook-signature} of Standard Webhooks
 * 1.0 and {@code X-Webhook-Signature: sha256=<hex>}. Thread-safe.
 */
public final class WebhookSigner {

    private static final String CLASSIC_ALGORITHM = "sha256=";

    private final List<SigningKey> standardKeys;
    private final List<PrivateKey> privateKeys;
    private final SigningKey classicKey;

    /** @param secrets at least one, newest first; during a rotation the older ones still sign the standard header */
    public WebhookSigner(List<String> secrets) {
        this(secrets, SignatureSchemes.DEFAULT, List.of());
    }

    /**
     * A signer for some of the schemes of the standard header; schemes that are unknown here are passed over.
     *
     * @param secrets at least one, newest first; during a rotation the older ones still sign the standard header
     * @param schemes see {@link SignatureSchemes}
     * @param privateKeys of {@link SignatureSchemes#V1A}, newest first; all sign
     * @throws IllegalArgumentException if there is no secret, a private key is none, or nothing would sign the standard header
     */
    public WebhookSigner(List<String> secrets, List<String> schemes, List<String> privateKeys) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("an endpoint without a secret cannot be signed for");
        }
        this.standardKeys = schemes.contains(SignatureSchemes.V1)
                ? secrets.stream().map(SigningKey::standard).toList()
                : List.of();
        this.privateKeys = schemes.contains(SignatureSchemes.V1A)
                ? privateKeys.stream().map(Ed25519Keys::privateKey).toList()
                : List.of();
        if (standardKeys.isEmpty() && this.privateKeys.isEmpty()) {
            throw new IllegalArgumentException("no key for any of the endpoint's signature schemes");
        }
        this.classicKey = SigningKey.classic(secrets.get(0));
    }

    /**
     * The value of {@code webhook-signature}: one {@code v1,<base64>} for each secret and one {@code v1a,<base64>} for each private key,
     * separated by spaces, over {@code id.timestamp.body}.
     *
     * @param timestampSeconds the value of {@code webhook-timestamp}, Unix seconds
     */
    public String standard(String webhookId, long timestampSeconds, byte[] body) {
        byte[] signedPrefix = (webhookId + '.' + timestampSeconds + '.').getBytes(StandardCharsets.UTF_8);
        StringBuilder header = new StringBuilder(64);
        for (SigningKey key : standardKeys) {
            append(header, SignatureSchemes.V1, key.sign(signedPrefix, body));
        }
        for (PrivateKey key : privateKeys) {
            append(header, SignatureSchemes.V1A, Ed25519Keys.sign(key, signedPrefix, body));
        }
        return header.toString();
    }

    private static void append(StringBuilder header, String version, byte[] signature) {
        if (header.length() > 0) {
            header.append(' ');
        }
        header.append(version).append(',').append(Base64.getEncoder().encodeToString(signature));
    }

    /** The value of {@code X-Webhook-Signature}: the newest secret's HMAC-SHA256 of the body alone. */
    public String classic(byte[] body) {
        return CLASSIC_ALGORITHM + HexFormat.of().formatHex(classicKey.sign(body));
    }
}
