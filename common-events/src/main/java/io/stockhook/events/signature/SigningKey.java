package io.stockhook.events.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An HMAC-SHA256 key that is set up once and signs many times. Thread-safe. */
final class SigningKey {

    static final String STANDARD_PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";

    private final Mac prototype;

    private SigningKey(byte[] key) {
        try {
            prototype = Mac.getInstance(ALGORITHM);
            prototype.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }

    /**
     * The key of Standard Webhooks: the decoded bytes after {@code whsec_}; the UTF-8 bytes of a secret that is not of that
     * form.
     */
    static SigningKey standard(String secret) {
        if (secret.startsWith(STANDARD_PREFIX)) {
            try {
                return new SigningKey(Base64.getDecoder().decode(secret.substring(STANDARD_PREFIX.length())));
            } catch (IllegalArgumentException e) {
                return classic(secret);
            }
        }
        return classic(secret);
    }

    /** The key of {@code X-Webhook-Signature}: the UTF-8 bytes of the whole secret as it is shown. */
    static SigningKey classic(String secret) {
        return new SigningKey(secret.getBytes(StandardCharsets.UTF_8));
    }

    byte[] sign(byte[]... parts) {
        try {
            Mac mac = (Mac) prototype.clone();
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's HMAC can be cloned", e);
        }
    }
}
