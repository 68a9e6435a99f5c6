package io.stockhook.delivery.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.stockhook.delivery.registry.Endpoint;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.SecretBox;
import io.stockhook.events.signature.WebhookSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decrypts what an endpoint's requests need, and keeps it for the endpoints that are busy. Thread-safe. */
final class EndpointSecrets {

    private static final int MAX_ENDPOINTS = 10_000;
    private static final Duration KEPT_FOR = Duration.ofMinutes(5);

    private final SecretBox box;
    private final Cache<String, Opened> cache = Caffeine.newBuilder()
            .maximumSize(MAX_ENDPOINTS)
            .expireAfterAccess(KEPT_FOR)
            .build();

    /**
     * An endpoint's secrets in clear, in memory only.
     *
     * @param of the registration they were decrypted from
     * @param until when the set of signing keys changes, because a rotation ends; null if it does not
     */
    record Opened(
            EndpointRegistration of,
            WebhookSigner signer,
            Map<String, String> headers,
            @Nullable Instant until) {}

    EndpointSecrets(SecretBox box) {
        this.box = box;
    }

    /**
     * The secrets of an endpoint in its present state.
     *
     * @throws SecretBox.SecretUnreadableException if they cannot be decrypted with the configured master keys
     */
    Opened open(Endpoint endpoint, Instant now) {
        Opened opened = cache.getIfPresent(endpoint.id());
        if (opened == null
                || opened.of() != endpoint.registration()
                || (opened.until() != null && now.isAfter(opened.until()))) {
            opened = decrypt(endpoint.registration(), now);
            cache.put(endpoint.id(), opened);
        }
        return opened;
    }

    private Opened decrypt(EndpointRegistration registration, Instant now) {
        String owner = EndpointRegistration.secretOwner(registration.endpointId());
        List<String> secrets = new ArrayList<>();
        Instant until = null;
        for (EndpointRegistration.EncryptedSecret secret : registration.secrets()) {
            Instant validUntil = secret.validUntil();
            if (validUntil != null && validUntil.isBefore(now)) {
                continue;
            }
            if (validUntil != null && (until == null || validUntil.isBefore(until))) {
                until = validUntil;
            }
            secrets.add(box.decryptText(secret.encrypted(), owner));
        }
        Map<String, String> headers = new LinkedHashMap<>();
        registration.headers().forEach((name, value) -> headers.put(name, box.decryptText(value, owner)));
        return new Opened(registration, new WebhookSigner(secrets), headers, until);
    }
}
