package io.stockhook.web.trial;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** An OpenID provider that the trial service trusts, as far as that needs one: its JWKS over HTTP. */
public final class ForeignIssuer implements QuarkusTestResourceLifecycleManager {

    public static final String NAME = "https://login.example.com/realms/acme";
    public static final String AUDIENCE = "stockhook-console";

    private static final CopyOnWriteArrayList<RsaJsonWebKey> KEYS = new CopyOnWriteArrayList<>();

    private @Nullable HttpServer server;

    /** The key that its tokens are signed with now. */
    public static RsaJsonWebKey key() {
        return KEYS.get(KEYS.size() - 1);
    }

    /** Has a new key from now on, and still publishes those before. */
    public static RsaJsonWebKey rotate() {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId("foreign-" + KEYS.size());
            key.setUse("sig");
            KEYS.add(key);
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Map<String, String> start() {
        rotate();
        HttpServer jwks;
        try {
            jwks = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        jwks.setExecutor(Executors.newSingleThreadExecutor());
        jwks.createContext("/jwks", exchange -> {
            byte[] body = new JsonWebKeySet(KEYS.toArray(JsonWebKey[]::new))
                    .toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        jwks.start();
        server = jwks;
        String prefix = "stockhook.auth.issuers.acme.";
        return Map.of(
                prefix + "issuer",
                NAME,
                prefix + "audience",
                AUDIENCE,
                prefix + "jwks-url",
                "http://127.0.0.1:%d/jwks".formatted(jwks.getAddress().getPort()),
                prefix + "tenant-claim",
                "https://stockhook.dev/tenant",
                prefix + "roles-claim",
                "realm_access.roles",
                prefix + "role-names.webhook-people",
                "editor",
                "stockhook.auth.jwks-cooldown",
                "1s");
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }
}
