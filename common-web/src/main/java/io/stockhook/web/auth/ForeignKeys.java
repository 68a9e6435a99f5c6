package io.stockhook.web.auth;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The keys of the configured issuers, from start to shutdown. */
@Singleton
class ForeignKeys {

    private static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Map<String, TokenIssuer.Keys> keys = new HashMap<>();
    private final Map<String, JwksKeys> fetched = new HashMap<>();
    private final AuthConfig config;
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "jwks");
        thread.setDaemon(true);
        return thread;
    });

    ForeignKeys(AuthConfig config) {
        this.config = config;
        HttpClient http =
                HttpClient.newBuilder().connectTimeout(config.jwksTimeout()).build();
        config.issuers().forEach((name, issuer) -> {
            check(name, issuer);
            issuer.publicKey().ifPresent(text -> {
                Key key = publicKey(name, text, issuer.algorithm());
                keys.put(name, kid -> Optional.of(key));
            });
            issuer.jwksUrl().ifPresent(url -> {
                var jwks = new JwksKeys(name, url, issuer.algorithm(), http, config, worker);
                fetched.put(name, jwks);
                keys.put(name, jwks);
            });
        });
    }

    void start(@Observes StartupEvent event) {
        long period = config.jwksRefresh().toMillis();
        fetched.values().forEach(jwks -> worker.scheduleWithFixedDelay(jwks::fetch, 0, period, TimeUnit.MILLISECONDS));
    }

    void stop(@Observes ShutdownEvent event) {
        worker.shutdownNow();
    }

    /** The keys of the issuer with this short name. */
    TokenIssuer.Keys of(String name) {
        return Objects.requireNonNull(keys.get(name));
    }

    private static void check(String name, IssuerConfig issuer) {
        if (issuer.jwksUrl().isPresent() == issuer.publicKey().isPresent()) {
            throw refused(name, "needs one of jwks-url and public-key");
        }
        if (!ALGORITHMS.contains(issuer.algorithm())) {
            throw refused(name, "algorithm must be one of " + String.join(", ", new TreeSet<>(ALGORITHMS)));
        }
        issuer.jwksUrl().filter(url -> !isTrustworthy(url)).ifPresent(url -> {
            throw refused(name, "jwks-url must be https, or http on a loopback address");
        });
    }

    private static boolean isTrustworthy(URI url) {
        String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
        return "https".equals(url.getScheme()) && !host.isEmpty()
                || "http".equals(url.getScheme()) && LOOPBACK.contains(host);
    }

    private static Key publicKey(String name, String base64, String algorithm) {
        try {
            return KeyFactory.getInstance(algorithm.startsWith("ES") ? "EC" : "RSA")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw refused(name, "public-key is no base64 of a SubjectPublicKeyInfo for " + algorithm);
        }
    }

    private static IllegalStateException refused(String name, String why) {
        return new IllegalStateException("stockhook.auth.issuers.%s: %s".formatted(name, why));
    }
}
