package io.stockhook.local;

import io.stockhook.events.ApiKeys;
import io.stockhook.platform.Secrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

/**
 * The platform's own secrets, made at its first start and kept in files that only their owner can read.
 *
 * @param masterKeys what {@code stockhook.secrets.master-keys} takes
 * @param jwtPrivateKey the file of the key that signs tokens (PKCS #8, PEM)
 * @param jwtPublicKey the file of the key that verifies them (PEM)
 * @param adminKey the platform administrator's API key
 * @param adminKeyFile where that one is kept
 * @param areNew whether they were made just now
 */
record Keys(
        String masterKeys, Path jwtPrivateKey, Path jwtPublicKey, String adminKey, Path adminKeyFile, boolean areNew) {

    private static final int MASTER_KEY_BYTES = 32;
    private static final int RSA_BITS = 2048;
    private static final int PEM_LINE = 64;

    /** The secrets of this directory. */
    static Keys of(Path directory) {
        Path adminKeyFile = directory.resolve("admin-api-key");
        boolean areNew = !Files.exists(adminKeyFile);
        String masterKeys = Secrets.readOrCreate(directory.resolve("master-keys"), Keys::newMasterKey);
        Path privateKey = directory.resolve("jwt-private.pem");
        String pem = Secrets.readOrCreate(privateKey, Keys::newPrivateKey);
        Path publicKey = directory.resolve("jwt-public.pem");
        Secrets.readOrCreate(publicKey, () -> publicKeyOf(pem));
        String adminKey = Secrets.readOrCreate(adminKeyFile, ApiKeys::generate);
        return new Keys(masterKeys, privateKey, publicKey, adminKey, adminKeyFile, areNew);
    }

    /** What subscription-service knows the administrator by. */
    String adminKeyHash() {
        return ApiKeys.hash(adminKey);
    }

    @Override
    public String toString() {
        return "keys beside " + adminKeyFile;
    }

    private static String newMasterKey() {
        byte[] key = new byte[MASTER_KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return "local:" + Base64.getEncoder().encodeToString(key);
    }

    private static String newPrivateKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(RSA_BITS);
            return pem("PRIVATE KEY", generator.generateKeyPair().getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String publicKeyOf(String privateKeyPem) {
        String body =
                privateKeyPem.lines().filter(line -> !line.startsWith("-----")).reduce("", String::concat);
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            RSAPrivateCrtKey privateKey = (RSAPrivateCrtKey) factory.generatePrivate(
                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
            PublicKey publicKey = factory.generatePublic(
                    new RSAPublicKeySpec(privateKey.getModulus(), privateKey.getPublicExponent()));
            return pem("PUBLIC KEY", publicKey.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String type, byte[] encoded) {
        String body = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, body, type);
    }
}
