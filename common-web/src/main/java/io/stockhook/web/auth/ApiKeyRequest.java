package io.stockhook.web.auth;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** A well-formed API key that asks to be let in. Holds the key's hash, never the key. */
final class ApiKeyRequest extends BaseAuthenticationRequest {

    private final String hash;
    private final @Nullable InetAddress from;

    ApiKeyRequest(String hash, @Nullable InetAddress from) {
        this.hash = hash;
        this.from = from;
    }

    String hash() {
        return hash;
    }

    @Nullable
    InetAddress from() {
        return from;
    }
}
