package io.stockhook.web.auth;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * An issuer's keys as its JWKS had them last (RFC 7517). Fetched in the background: a request is judged by what is known. One that
 * names an unknown key asks for a fetch, which a cooldown bounds. While the issuer is away the keys stay.
 */
final class JwksKeys implements TokenIssuer.Keys {

    private static final Logger LOG = Logger.getLogger(JwksKeys.class);
    private static final int MAX_KEYS = 100;
    private static final int MAX_BYTES = 512 * 1024;

    private final String name;
    private final URI url;
    private final String algorithm;
    private final HttpClient http;
    private final Duration timeout;
    private final long cooldown;
    private final Executor worker;
    private final AtomicLong lastFetch = new AtomicLong();
    private volatile Map<String, Key> keys = Map.of();

    JwksKeys(String name, URI url, String algorithm, HttpClient http, AuthConfig config, Executor worker) {
        this.name = name;
        this.url = url;
        this.algorithm = algorithm;
        this.http = http;
        this.timeout = config.jwksTimeout();
        this.cooldown = config.jwksCooldown().toNanos();
        this.worker = worker;
        lastFetch.set(System.nanoTime() - cooldown);
    }

    @Override
    public Optional<Key> find(@Nullable String kid) {
        Map<String, Key> known = keys;
        if (kid == null) {
            return known.size() == 1 ? Optional.of(known.values().iterator().next()) : Optional.empty();
        }
        Key key = known.get(kid);
        if (key == null) {
            fetchAgain();
        }
        return Optional.ofNullable(key);
    }

    private void fetchAgain() {
        long last = lastFetch.get();
        long now = System.nanoTime();
        if (now - last < cooldown || !lastFetch.compareAndSet(last, now)) {
            return;
        }
        try {
            worker.execute(this::fetch);
        } catch (RejectedExecutionException e) {
            LOG.debugf("keys not fetched, the service is shutting down: issuer=%s", name);
        }
    }

    /** Replaces the keys by those that the issuer publishes now; leaves them as they are if it cannot be asked. */
    void fetch() {
        lastFetch.set(System.nanoTime());
        try {
            var request = HttpRequest.newBuilder(url)
                    .timeout(timeout)
                    .header("Accept", "application/json")
                    .build();
            var response = http.send(request, BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                byte[] bytes = body.readNBytes(MAX_BYTES + 1);
                if (response.statusCode() != 200 || bytes.length > MAX_BYTES) {
                    throw new IOException("status %d, %d bytes".formatted(response.statusCode(), bytes.length));
                }
                keys = read(new String(bytes, StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | JoseException | RuntimeException e) {
            LOG.warnf("keys of an issuer not fetched, those known are kept: issuer=%s reason=%s", name, e.getMessage());
        }
    }

    /** Keys for signing with the issuer's one algorithm; a symmetric one is never among them. */
    private Map<String, Key> read(String json) throws JoseException {
        String type = algorithm.startsWith("ES") ? "EC" : "RSA";
        Map<String, Key> read = new HashMap<>();
        for (JsonWebKey key : new JsonWebKeySet(json).getJsonWebKeys()) {
            boolean fits = key.getKeyType().equals(type)
                    && (key.getUse() == null || key.getUse().equals("sig"))
                    && (key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm));
            if (fits && key.getKeyId() != null && read.size() < MAX_KEYS) {
                read.put(key.getKeyId(), key.getKey());
            }
        }
        return Map.copyOf(read);
    }
}
