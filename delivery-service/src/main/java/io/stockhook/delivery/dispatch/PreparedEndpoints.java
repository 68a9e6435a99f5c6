package io.stockhook.delivery.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.stockhook.delivery.eventtype.PayloadVersions;
import io.stockhook.delivery.registry.Endpoint;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EndpointRegistration.EncryptedSecret;
import io.stockhook.events.EventTypeTable;
import io.stockhook.events.SecretBox;
import io.stockhook.events.address.AddressPolicy;
import io.stockhook.events.address.EndpointUrl;
import io.stockhook.events.auth.EndpointAuth;
import io.stockhook.events.signature.WebhookSigner;
import io.stockhook.events.template.BodyTemplate;
import io.stockhook.events.template.InvalidTemplateException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
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
    private final EventTypeTable<PayloadVersions> types;
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
     * @param auth what they authenticate with beyond those headers; null for nothing
     * @param until when the set of signing keys changes, because a rotation ends; null if it does not
     */
    record Prepared(
            EndpointRegistration of,
            EndpointUrl url,
            BodyFormat format,
            WebhookSigner signer,
            Map<String, String> headers,
            HeaderNames names,
            @Nullable EndpointAuth auth,
            @Nullable Instant until) {}

    /** The names of the headers that carry the endpoint's prefix. */
    record HeaderNames(
            String event,
            String delivery,
            String attempt,
            String signature,
            String replay,
            String confirm,
            String batchSize,
            String test,
            String version) {

        static HeaderNames of(String prefix) {
            return new HeaderNames(
                    prefix + "Event",
                    prefix + "Delivery",
                    prefix + "Attempt",
                    prefix + "Signature",
                    prefix + "Replay",
                    prefix + "Confirm",
                    prefix + "Batch-Size",
                    prefix + "Test",
                    prefix + "Version");
        }
    }

    PreparedEndpoints(SecretBox box, AddressPolicy policy, EventTypeTable<PayloadVersions> types) {
        this.box = box;
        this.policy = policy;
        this.types = types;
    }

    /**
     * The endpoint in its present state.
     *
     * @throws EndpointUrl.RefusedUrlException if deliveries may not go to its url
     * @throws SecretBox.SecretUnreadableException if none of its secrets can be decrypted with the configured master keys
     * @throws InvalidTemplateException if its template does not compile here
     * @throws EndpointAuth.UnusableAuthException if no request can be made with its auth
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
        String owner = EndpointRegistration.secretOwner(registration.endpointId());
        EndpointRegistration.Sealed sealed = registration.sealed();
        EndpointUrl url = EndpointUrl.parse(
                sealed == null || sealed.url() == null ? registration.url() : box.decryptText(sealed.url(), owner),
                policy);
        List<String> secrets = valid(registration.secrets(), owner, now);
        if (secrets.isEmpty()) {
            throw new SecretBox.SecretUnreadableException("no secret of the webhook is valid any more", null);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        registration.headers().forEach((name, value) -> headers.put(name, box.decryptText(value, owner)));
        EndpointAuth auth = registration.auth() == null ? null : EndpointAuth.open(registration.auth(), box, owner);
        if (auth != null) {
            Map<String, String> set = AuthHeaders.of(auth);
            headers.keySet().removeIf(name -> set.keySet().stream().anyMatch(name::equalsIgnoreCase));
            headers.putAll(set);
        }
        return new Prepared(
                registration,
                url,
                format(registration, owner),
                signer(registration.signing(), secrets, owner, now),
                headers,
                HeaderNames.of(registration.headerPrefix()),
                auth,
                firstEnd(registration, now));
    }

    private BodyFormat format(EndpointRegistration registration, String owner) {
        BodyFormat newest = ofNewest(registration, owner);
        Integer wanted = registration.payloadVersion();
        return wanted == null || wanted < 1 ? newest : new VersionedFormat(newest, wanted, types);
    }

    private BodyFormat ofNewest(EndpointRegistration registration, String owner) {
        if (!registration.payloadFormat().equals(TemplateFormat.NAME)) {
            return PayloadFormat.of(registration.payloadFormat());
        }
        EndpointRegistration.Sealed sealed = registration.sealed();
        return new TemplateFormat(BodyTemplate.compile(
                sealed == null || sealed.template() == null
                        ? Objects.requireNonNullElse(registration.template(), "")
                        : box.decryptText(sealed.template(), owner)));
    }

    private WebhookSigner signer(
            EndpointRegistration.@Nullable Signing signing, List<String> secrets, String owner, Instant now) {
        if (signing == null) {
            return new WebhookSigner(secrets);
        }
        List<String> privateKeys = valid(signing.privateKeys(), owner, now);
        try {
            return new WebhookSigner(secrets, signing.schemes(), privateKeys);
        } catch (IllegalArgumentException e) {
            throw new SecretBox.SecretUnreadableException("the webhook has no key for its signature schemes", e);
        }
    }

    /** In clear, those that sign at the time. */
    private List<String> valid(List<EncryptedSecret> secrets, String owner, Instant now) {
        List<String> valid = new ArrayList<>();
        for (EncryptedSecret secret : secrets) {
            if (secret.validUntil() == null || !secret.validUntil().isBefore(now)) {
                valid.add(box.decryptText(secret.encrypted(), owner));
            }
        }
        return valid;
    }

    private static @Nullable Instant firstEnd(EndpointRegistration registration, Instant now) {
        List<EncryptedSecret> privateKeys = registration.signing() == null
                ? List.of()
                : registration.signing().privateKeys();
        return Stream.concat(registration.secrets().stream(), privateKeys.stream())
                .map(EncryptedSecret::validUntil)
                .filter(Objects::nonNull)
                .filter(end -> !end.isBefore(now))
                .min(Instant::compareTo)
                .orElse(null);
    }
}
