package io.stockhook.receiver.mock;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.stockhook.events.signature.SignatureVerifier;

/** What the verification of one signature scheme found. */
public enum SignatureCheck {
    /** Signed with the secret, and recent. */
    @JsonProperty("valid")
    VALID,
    /** A header that the scheme needs is not there. */
    @JsonProperty("missing")
    MISSING,
    /** A header is there but cannot be read. */
    @JsonProperty("malformed")
    MALFORMED,
    /** The timestamp is more than five minutes from now. */
    @JsonProperty("stale")
    STALE,
    /** Signed with something else, or the body was altered. */
    @JsonProperty("mismatch")
    MISMATCH,
    /** The mock endpoint has no secret to verify with. */
    @JsonProperty("no_secret")
    NO_SECRET;

    static SignatureCheck of(SignatureVerifier.Verdict verdict) {
        return switch (verdict) {
            case VALID -> VALID;
            case MISSING -> MISSING;
            case MALFORMED -> MALFORMED;
            case STALE -> STALE;
            case MISMATCH -> MISMATCH;
        };
    }
}
