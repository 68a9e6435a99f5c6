package io.stockhook.events.signature;

import java.security.SecureRandom;
import java.util.Base64;

/** New signing secrets. */
public final class SigningSecrets {

    private static final int RANDOM_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private SigningSecrets() {}

    /** {@code whsec_} and the base64 of 32 random bytes, as Standard Webhooks 1.0 has it (24 to 64 bytes). */
    public static String generate() {
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        return SigningKey.STANDARD_PREFIX + Base64.getEncoder().encodeToString(random);
    }
}
