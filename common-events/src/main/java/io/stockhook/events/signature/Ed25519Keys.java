package io.stockhook.events.signature;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * The key pairs of {@code v1a} (Ed25519, RFC 8032), as Standard Webhooks 1.0 writes them: {@code whsk_} and the base64 of seed and public
 * key, {@code whpk_} and the base64 of the public key alone.
 */
public final class Ed25519Keys {

    /** What a private key begins with. */
    public static final String PRIVATE_PREFIX = "whsk_";
    /** What a public key begins with. */
    public static final String PUBLIC_PREFIX = "whpk_";

    static final String ALGORITHM = "Ed25519";

    private static final int KEY_BYTES = 32;
    /** What stands before a seed in PKCS #8 and before a public key in X.509 (RFC 8410, sections 7 and 4). */
    private static final byte[] PKCS8 = {0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20};

    private static final byte[] X509 = {0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0};

    private Ed25519Keys() {}

    /**
     * A key pair as texts.
     *
     * @param privateKey {@code whsk_...}, a secret
     * @param publicKey {@code whpk_...}
     */
    public record Pair(String privateKey, String publicKey) {

        /** Without the private key, which no log is to hold. */
        @Override
        public String toString() {
            return publicKey;
        }
    }

    /** A new key pair. */
    public static Pair generate() {
        KeyPair pair;
        try {
            pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
        byte[] seed = last(pair.getPrivate().getEncoded());
        byte[] point = last(pair.getPublic().getEncoded());
        return new Pair(PRIVATE_PREFIX + base64(concat(seed, point)), PUBLIC_PREFIX + base64(point));
    }

    /** Whether the text is a public key that signatures can be verified with. */
    public static boolean isPublicKey(String text) {
        try {
            publicKey(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** @throws IllegalArgumentException if the text is no private key */
    static PrivateKey privateKey(String text) {
        byte[] key = decoded(text, PRIVATE_PREFIX, 2 * KEY_BYTES);
        try {
            byte[] seed = Arrays.copyOf(key, KEY_BYTES);
            return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(concat(PKCS8, seed)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 private key", e);
        }
    }

    /** @throws IllegalArgumentException if the text is no public key */
    static PublicKey publicKey(String text) {
        byte[] key = decoded(text, PUBLIC_PREFIX, KEY_BYTES);
        try {
            PublicKey parsed =
                    KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(concat(X509, key)));
            // Some points are found out only when they are used.
            Signature.getInstance(ALGORITHM).initVerify(parsed);
            return parsed;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 public key", e);
        }
    }

    static byte[] sign(PrivateKey key, byte[]... parts) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            for (byte[] part : parts) {
                signature.update(part);
            }
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK signs with an Ed25519 key", e);
        }
    }

    static boolean verify(PublicKey key, byte[] given, byte[]... parts) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            for (byte[] part : parts) {
                signature.update(part);
            }
            return signature.verify(given);
        } catch (SignatureException e) {
            return false; // not of a signature's form
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK verifies with an Ed25519 key", e);
        }
    }

    private static byte[] decoded(String text, String prefix, int length) {
        if (!text.startsWith(prefix)) {
            throw new IllegalArgumentException("not a key that begins with " + prefix);
        }
        byte[] key = Base64.getDecoder().decode(text.substring(prefix.length()));
        if (key.length != length) {
            throw new IllegalArgumentException("a key of %d bytes, needs %d".formatted(key.length, length));
        }
        return key;
    }

    private static byte[] last(byte[] encoded) {
        return Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
