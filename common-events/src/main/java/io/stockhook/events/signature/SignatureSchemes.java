package io.stockhook.events.signature;

import java.util.List;

/** The schemes of {@code webhook-signature} (Standard Webhooks 1.0), by the version that a signature begins with. */
public final class SignatureSchemes {

    /** HMAC-SHA256 with the endpoint's secrets. */
    public static final String V1 = "v1";
    /** Ed25519 with the endpoint's private keys; whoever has the public key can verify, and cannot sign. */
    public static final String V1A = "v1a";
    /** How an endpoint is signed for unless it says otherwise. */
    public static final List<String> DEFAULT = List.of(V1);

    private SignatureSchemes() {}
}
