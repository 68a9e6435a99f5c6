package io.stockhook.subscription.secret;

import java.util.Base64;
import java.util.Optional;

/**
 * Which signing secrets a user may bring: those of Standard Webhooks 1.0 ({@code whsec_} and the base64 of 24 to 64 bytes), or
 * any other text long enough not to be guessed.
 */
public final class SigningSecretRules {

    /** The fewest characters of a secret that is not of the Standard Webhooks form. */
    public static final int MIN_LENGTH = 16;
    /** The most characters of a secret. */
    public static final int MAX_LENGTH = 255;

    private static final String STANDARD_PREFIX = "whsec_";
    private static final int MIN_KEY_BYTES = 24;
    private static final int MAX_KEY_BYTES = 64;

    private SigningSecretRules() {}

    /** What is wrong with a secret, in words that never repeat it; empty if nothing is. */
    public static Optional<String> objection(String secret) {
        if (secret.startsWith(STANDARD_PREFIX)) {
            return objectionToKey(secret.substring(STANDARD_PREFIX.length()));
        }
        if (secret.length() < MIN_LENGTH || secret.length() > MAX_LENGTH) {
            return Optional.of("Must have %d to %d characters.".formatted(MIN_LENGTH, MAX_LENGTH));
        }
        if (secret.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("Must not contain control characters.");
        }
        return Optional.empty();
    }

    private static Optional<String> objectionToKey(String base64) {
        int bytes;
        try {
            bytes = Base64.getDecoder().decode(base64).length;
        } catch (IllegalArgumentException e) {
            return Optional.of("Must have base64 after whsec_.");
        }
        return bytes < MIN_KEY_BYTES || bytes > MAX_KEY_BYTES
                ? Optional.of("Must have the base64 of %d to %d bytes after whsec_, not of %d."
                        .formatted(MIN_KEY_BYTES, MAX_KEY_BYTES, bytes))
                : Optional.empty();
    }
}
