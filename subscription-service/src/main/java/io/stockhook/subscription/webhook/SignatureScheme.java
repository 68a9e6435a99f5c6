package io.stockhook.subscription.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.stockhook.web.json.EnumNames;

/** A scheme of {@code webhook-signature} (Standard Webhooks 1.0). */
public enum SignatureScheme {
    /** HMAC-SHA256 with the webhook's secret. */
    @JsonProperty("v1")
    V1,
    /** Ed25519; whoever has the public key can verify, and cannot sign. */
    @JsonProperty("v1a")
    V1A;

    /** The scheme's name in the API, the database and the topics. */
    String wireName() {
        return EnumNames.of(this);
    }

    /**
     * The scheme of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static SignatureScheme of(String wireName) {
        return EnumNames.constant(SignatureScheme.class, wireName);
    }
}
