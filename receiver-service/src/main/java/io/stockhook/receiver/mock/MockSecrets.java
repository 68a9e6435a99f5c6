package io.stockhook.receiver.mock;

import io.stockhook.events.SecretBox;
import io.stockhook.events.signature.SignatureVerifier;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The secrets of mock endpoints, encrypted at rest and each bound to its endpoint. */
@Singleton
class MockSecrets {

    private static final String OWNER = "mock-endpoint:";

    private final SecretBox box;

    MockSecrets(SecretBox box) {
        this.box = box;
    }

    String encrypt(String endpointId, String secret) {
        return box.encrypt(secret, OWNER + endpointId);
    }

    /** The same secret, wrapped with the current master key. */
    String reseal(String endpointId, String encrypted) {
        return box.rewrap(encrypted, OWNER + endpointId);
    }

    /** What everything begins with that the current master key wraps. */
    String currentSeal() {
        return "v1." + box.currentKeyId() + '.';
    }

    /** What verifies an endpoint's requests; null if it has neither a secret nor a public key. */
    @Nullable
    SignatureVerifier verifier(String endpointId, @Nullable String encrypted, @Nullable String publicKey) {
        if (encrypted == null && publicKey == null) {
            return null;
        }
        return new SignatureVerifier(
                encrypted == null ? List.of() : List.of(box.decryptText(encrypted, OWNER + endpointId)),
                publicKey == null ? List.of() : List.of(publicKey));
    }
}
