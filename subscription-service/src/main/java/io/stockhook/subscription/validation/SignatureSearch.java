package io.stockhook.subscription.validation;

import io.stockhook.subscription.validation.Deviation.Variant;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Looks for the way in which a signature was made: with the fewest mistakes, of two at the most beside the encoding. Pure.
 *
 * @param keys what may have been the key
 * @param beginnings what may have been signed before the body
 * @param bodies what may have been the body
 */
record SignatureSearch(List<Variant> keys, List<Variant> beginnings, List<Variant> bodies) {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAX_MISTAKES = 2;
    /** From here on only one mistake is looked for: every combination reads the whole body. */
    private static final int LONG_BODY = 64 * 1024;

    /** The mistakes of the first way that gives one of these signatures; empty if none does. */
    List<Deviation> mistakes(List<Variant> given) {
        int most = bodies.get(0).bytes().length > LONG_BODY ? 1 : MAX_MISTAKES;
        for (int mistakes = 0; mistakes <= most; mistakes++) {
            for (Variant key : keys) {
                for (Variant beginning : beginnings) {
                    for (Variant body : bodies) {
                        if (count(key, beginning, body) != mistakes) {
                            continue;
                        }
                        byte[] signature = sign(key.bytes(), beginning.bytes(), body.bytes());
                        for (Variant one : given) {
                            if (MessageDigest.isEqual(signature, one.bytes())) {
                                return Stream.of(key, beginning, body, one)
                                        .map(Variant::deviation)
                                        .filter(Objects::nonNull)
                                        .toList();
                            }
                        }
                    }
                }
            }
        }
        return List.of();
    }

    private static long count(Variant... variants) {
        return Stream.of(variants)
                .filter(variant -> variant.deviation() != null)
                .count();
    }

    private static byte[] sign(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }
}
