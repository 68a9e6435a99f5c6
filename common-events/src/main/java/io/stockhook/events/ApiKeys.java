package io.stockhook.events;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * API keys: {@code shk_}, 43 base62 digits of 256 random bits and 6 of a CRC-32 over what stands before them.
 *
 * <p>The prefix lets scanners recognise a leaked key; the checksum refuses a mistyped one without a look-up. With 256
 * random bits a plain SHA-256 is enough to store: there is nothing to guess.
 */
public final class ApiKeys {

    /** What every key begins with, and how a bearer token is told from a JWT. */
    public static final String PREFIX = "shk_";

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(ALPHABET.length());
    private static final int RANDOM_BYTES = 32;
    private static final int RANDOM_DIGITS = 43;
    private static final int CHECKSUM_DIGITS = 6;
    private static final Pattern SHAPE = Pattern.compile("shk_[0-9A-Za-z]{49}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private ApiKeys() {}

    /** A new key, to be shown once and never stored. */
    public static String generate() {
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        String body = PREFIX + base62(new BigInteger(1, random), RANDOM_DIGITS);
        return body + checksum(body);
    }

    /** Whether the text has the shape of a key and its checksum fits. */
    public static boolean isWellFormed(String text) {
        if (!SHAPE.matcher(text).matches()) {
            return false;
        }
        int end = text.length() - CHECKSUM_DIGITS;
        return text.substring(end).equals(checksum(text.substring(0, end)));
    }

    /** SHA-256 of the key as lower-case hex: all that is ever stored of it. */
    public static String hash(String key) {
        return HexFormat.of().formatHex(Sha256.of(key));
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        return base62(BigInteger.valueOf(crc.getValue()), CHECKSUM_DIGITS);
    }

    private static String base62(BigInteger number, int digits) {
        char[] text = new char[digits];
        BigInteger rest = number;
        for (int position = digits - 1; position >= 0; position--) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            text[position] = ALPHABET.charAt(parts[1].intValue());
            rest = parts[0];
        }
        return new String(text);
    }
}
