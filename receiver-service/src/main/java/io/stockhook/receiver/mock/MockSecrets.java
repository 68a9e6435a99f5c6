package io.stockhook.receiver.mock;

import io.stockhook.events.SecretBox;
import io.stockhook.events.signature.SignatureVerifier;
import jakarta.inject.Singleton;
import java.util.List;

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

    SignatureVerifier verifier(String endpointId, String encrypted) {
        return new SignatureVerifier(List.of(box.decryptText(encrypted, OWNER + endpointId)));
    }
}
