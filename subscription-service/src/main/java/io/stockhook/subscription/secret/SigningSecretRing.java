package io.stockhook.subscription.secret;

import io.stockhook.events.EndpointRegistration.EncryptedSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The secrets an endpoint's deliveries are signed with, newest first: one as a rule, more during a rotation. Immutable. */
public final class SigningSecretRing {

    /** How many secrets may sign at once: each is a signature in the header of every delivery. */
    public static final int MAX_SECRETS = 5;

    private SigningSecretRing() {}

    /** A ring with one secret and no end. */
    public static List<EncryptedSecret> of(String encrypted) {
        return List.of(new EncryptedSecret(encrypted, null));
    }

    /**
     * A ring after a rotation: the new secret first, and those before it until the overlap is over or they end by themselves,
     * whichever comes first.
     *
     * @param overlap for how long the secrets before still sign; zero for none
     */
    public static List<EncryptedSecret> rotated(
            List<EncryptedSecret> ring, String encrypted, Instant now, Duration overlap) {
        List<EncryptedSecret> rotated = new ArrayList<>();
        rotated.add(new EncryptedSecret(encrypted, null));
        Instant end = now.plus(overlap);
        for (EncryptedSecret secret : ring) {
            Instant validUntil =
                    secret.validUntil() == null || secret.validUntil().isAfter(end) ? end : secret.validUntil();
            if (validUntil.isAfter(now)) {
                rotated.add(new EncryptedSecret(secret.encrypted(), validUntil));
            }
        }
        return List.copyOf(rotated);
    }
}
