package io.stockhook.delivery.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.stockhook.delivery.registry.Endpoint;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.SecretBox;
import io.stockhook.events.address.AddressPolicy;
import io.stockhook.events.address.EndpointUrl;
import io.stockhook.events.signature.WebhookSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Works out what all requests to an endpoint share, decrypted secrets among it, and keeps that for the endpoints that are busy.
 * Thread-safe.
 */
final class PreparedEndpoints {

    private static final int MAX_ENDPOINTS = 10_000;
    private static final Duration KEPT_FOR = Duration.ofMinutes(5);

    private final SecretBox box;
    private final AddressPolicy policy;
    private final Cache<String, Prepared> cache = Caffeine.newBuilder()
            .maximumSize(MAX_ENDPOINTS)
            .expireAfterAccess(KEPT_FOR)
            .build();

    /**
     * What the requests to an endpoint in one state of its registration share.
     *
     * @param of that state
     * @param url where they go
     * @param signer with the secrets in clear, in memory only
     * @param headers the endpoint's own headers in clear, and those of ours that never differ
     * @param names the names of our other headers
     * @param until when the set of signing keys changes, because a rotation ends; null if it does not
     */
    record Prepared(
            EndpointRegistration of,
            EndpointUrl url,
            PayloadFormat format,
            WebhookSigner signer,
            Map<String, String> headers,
            HeaderNames names,
            @Nullable Instant until) {}

    /** The names of the headers that carry the endpoint's prefix. */
    record HeaderNames(String event, String delivery, String attempt, String signature, String replay) {

        static HeaderNames of(String prefix) {
            return new HeaderNames(
                    prefix + "Event", prefix + "Delivery", prefix + "Attempt", prefix + "Signature", prefix + "Replay");
        }
    }

    PreparedEndpoints(SecretBox box, AddressPolicy policy) {
        this.box = box;
        this.policy = policy;
    }

    /**
     * The endpoint in its present state.
     *
     * @throws EndpointUrl.RefusedUrlException if deliveries may not go to its url
     * @throws SecretBox.SecretUnreadableException if none of its secrets can be decrypted with the configured master keys
     */
    Prepared of(Endpoint endpoint, Instant now) {
        Prepared prepared = cache.getIfPresent(endpoint.id());
        if (prepared == null
                || prepared.of() != endpoint.registration()
                || (prepared.until() != null && now.isAfter(prepared.until()))) {
            prepared = prepare(endpoint.registration(), now);
            cache.put(endpoint.id(), prepared);
        }
        return prepared;
    }

    private Prepared prepare(EndpointRegistration registration, Instant now) {
        EndpointUrl url = EndpointUrl.parse(registration.url(), policy);
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
        if (secrets.isEmpty()) {
            throw new SecretBox.SecretUnreadableException("no secret of the webhook is valid any more", null);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        registration.headers().forEach((name, value) -> headers.put(name, box.decryptText(value, owner)));
        return new Prepared(
                registration,
                url,
                PayloadFormat.of(registration.payloadFormat()),
                new WebhookSigner(secrets),
                headers,
                HeaderNames.of(registration.headerPrefix()),
                until);
    }
}
