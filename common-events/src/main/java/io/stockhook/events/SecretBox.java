package io.stockhook.events;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Envelope encryption of secrets at rest with AES-256-GCM (NIST SP 800-38D): each secret has a data key of its own, which a
 * master key wraps, so that changing the master key re-wraps 32 bytes and never touches a secret.
 *
 * <p>The text form is {@code v1.<master key id>.<wrapped data key>.<ciphertext>}, base64url without padding. The associated
 * data binds a ciphertext to its owner: copied to another row it does not decrypt. Thread-safe.
 */
public final class SecretBox {

    private static final String VERSION = "v1";
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final SecureRandom random = new SecureRandom();
    private final Map<String, SecretKey> masterKeys;
    private final String currentKeyId;

    private SecretBox(LinkedHashMap<String, SecretKey> masterKeys) {
        this.masterKeys = Map.copyOf(masterKeys);
        this.currentKeyId = masterKeys.keySet().iterator().next();
    }

    /**
     * A box from its setting: {@code id:base64} entries separated by commas, each key 32 bytes, the current one first; the
     * others still decrypt.
     *
     * @throws IllegalArgumentException naming the entry that cannot be read, never its key
     */
    public static SecretBox fromConfig(String setting) {
        LinkedHashMap<String, SecretKey> keys = new LinkedHashMap<>();
        for (String entry : setting.split(",", -1)) {
            int colon = entry.indexOf(':');
            String id = colon < 0 ? "" : entry.substring(0, colon).strip();
            if (!id.matches("[A-Za-z0-9_-]{1,32}")) {
                throw new IllegalArgumentException(
                        "master key " + (keys.size() + 1) + " is not id:base64, id being 1 to 32 letters or digits");
            }
            byte[] key = decodeKey(id, entry.substring(colon + 1).strip());
            if (keys.put(id, new SecretKeySpec(key, "AES")) != null) {
                throw new IllegalArgumentException("master key '" + id + "' is there twice");
            }
        }
        return new SecretBox(keys);
    }

    private static byte[] decodeKey(String id, String base64) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("master key '" + id + "' is not base64", e);
        }
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "master key '%s' has %d bytes, needs %d".formatted(id, key.length, KEY_BYTES));
        }
        return key;
    }

    /** Encrypts under a fresh data key; two calls never give the same text. */
    public String encrypt(byte[] plain, String associatedData) {
        byte[] dataKey = new byte[KEY_BYTES];
        random.nextBytes(dataKey);
        byte[] aad = associatedData.getBytes(StandardCharsets.UTF_8);
        byte[] wrapped = seal(masterKey(currentKeyId), dataKey, aad);
        byte[] sealed = seal(new SecretKeySpec(dataKey, "AES"), plain, aad);
        return String.join(".", VERSION, currentKeyId, ENCODER.encodeToString(wrapped), ENCODER.encodeToString(sealed));
    }

    /** Encrypts a text's UTF-8 bytes. */
    public String encrypt(String plain, String associatedData) {
        return encrypt(plain.getBytes(StandardCharsets.UTF_8), associatedData);
    }

    /**
     * What was encrypted.
     *
     * @throws SecretUnreadableException if the master key is not among the configured ones, or the text was altered or
     *     belongs to other associated data
     */
    public byte[] decrypt(String text, String associatedData) {
        String[] parts = parts(text);
        byte[] aad = associatedData.getBytes(StandardCharsets.UTF_8);
        try {
            byte[] dataKey = open(masterKey(parts[1]), DECODER.decode(parts[2]), aad);
            return open(new SecretKeySpec(dataKey, "AES"), DECODER.decode(parts[3]), aad);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new SecretUnreadableException("altered, or bound to another owner", e);
        }
    }

    /** The text whose UTF-8 bytes were encrypted. */
    public String decryptText(String text, String associatedData) {
        return new String(decrypt(text, associatedData), StandardCharsets.UTF_8);
    }

    /**
     * The same secret with its data key wrapped by the current master key; the secret itself is not decrypted.
     *
     * @throws SecretUnreadableException if the data key cannot be unwrapped, as for {@link #decrypt}
     */
    public String rewrap(String text, String associatedData) {
        String[] parts = parts(text);
        byte[] aad = associatedData.getBytes(StandardCharsets.UTF_8);
        try {
            byte[] dataKey = open(masterKey(parts[1]), DECODER.decode(parts[2]), aad);
            byte[] wrapped = seal(masterKey(currentKeyId), dataKey, aad);
            return String.join(".", VERSION, currentKeyId, ENCODER.encodeToString(wrapped), parts[3]);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new SecretUnreadableException("altered, or bound to another owner", e);
        }
    }

    /** Whether the current master key wraps this secret. */
    public boolean isCurrent(String text) {
        return parts(text)[1].equals(currentKeyId);
    }

    /** The id of the master key that encrypts. */
    public String currentKeyId() {
        return currentKeyId;
    }

    private static String[] parts(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4 || !parts[0].equals(VERSION)) {
            throw new SecretUnreadableException("not a version 1 secret", null);
        }
        return parts;
    }

    private SecretKey masterKey(String id) {
        SecretKey key = masterKeys.get(id);
        if (key == null) {
            throw new SecretUnreadableException("master key '" + id + "' is not configured", null);
        }
        return key;
    }

    private byte[] seal(SecretKey key, byte[] plain, byte[] aad) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = Cipher.getInstance(TRANSFORMATION);
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(aad);
            byte[] sealed = cipher.doFinal(plain);
            byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
            return all;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    private static byte[] open(SecretKey key, byte[] sealed, byte[] aad) throws GeneralSecurityException {
        if (sealed.length < NONCE_BYTES) {
            throw new GeneralSecurityException("shorter than its nonce");
        }
        Cipher cipher = Cipher.getInstance(TRANSFORMATION);
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE_BYTES));
        cipher.updateAAD(aad);
        return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    }

    /** A secret that cannot be decrypted here. The message never holds any part of it. */
    public static final class SecretUnreadableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** @param why it cannot be read */
        public SecretUnreadableException(String why, @Nullable Throwable cause) {
            super("the secret cannot be decrypted: " + why, cause);
        }
    }
}
