package io.stockhook.subscription.secret;

import io.stockhook.events.EndpointRegistration.EncryptedSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The Ed25519 key pairs an endpoint's deliveries are signed with, newest first. */
public final class KeyPairRing {

    private KeyPairRing() {}

    /**
     * A key pair as it is kept.
     *
     * @param publicKey {@code whpk_...}, in clear
     * @param privateKey {@code whsk_...}, encrypted, and when it stops signing
     */
    public record KeyPair(String publicKey, EncryptedSecret privateKey) {

        /** A pair that signs until it is rotated. */
        public static KeyPair of(String publicKey, String encryptedPrivateKey) {
            return new KeyPair(publicKey, new EncryptedSecret(encryptedPrivateKey, null));
        }
    }

    /** A ring after a rotation, by the rules of {@link SigningSecretRing#rotated}. */
    public static List<KeyPair> rotated(List<KeyPair> ring, KeyPair next, Instant now, Duration overlap) {
        Map<String, String> publicKeys = new HashMap<>();
        publicKeys.put(next.privateKey().encrypted(), next.publicKey());
        ring.forEach(pair -> publicKeys.put(pair.privateKey().encrypted(), pair.publicKey()));
        return SigningSecretRing.rotated(privateKeys(ring), next.privateKey().encrypted(), now, overlap).stream()
                .map(key -> new KeyPair(Objects.requireNonNull(publicKeys.get(key.encrypted())), key))
                .toList();
    }

    /** The private keys, encrypted. */
    public static List<EncryptedSecret> privateKeys(List<KeyPair> ring) {
        return ring.stream().map(KeyPair::privateKey).toList();
    }

    /** The public keys of the pairs that sign at the time. */
    public static List<String> publicKeys(List<KeyPair> ring, Instant now) {
        return ring.stream()
                .filter(pair -> pair.privateKey().validUntil() == null
                        || pair.privateKey().validUntil().isAfter(now))
                .map(KeyPair::publicKey)
                .toList();
    }
}
