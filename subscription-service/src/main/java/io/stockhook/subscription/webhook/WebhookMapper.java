package io.stockhook.subscription.webhook;

import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EndpointRegistration.EncryptedSecret;
import io.stockhook.events.SecretBox;
import io.stockhook.events.auth.EndpointAuth;
import io.stockhook.events.signature.Ed25519Keys;
import io.stockhook.events.signature.SignatureSchemes;
import io.stockhook.subscription.publication.PublicationConfig;
import io.stockhook.subscription.secret.KeyPairRing;
import io.stockhook.subscription.secret.KeyPairRing.KeyPair;
import io.stockhook.subscription.tenant.PayloadFormat;
import io.stockhook.web.problem.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Between a webhook's row and what goes in and out of it. Secrets enter encrypted, bound to their webhook. */
@ApplicationScoped
class WebhookMapper {

    private final SecretBox secrets;
    private final PublicationConfig publication;

    WebhookMapper(SecretBox secrets, PublicationConfig publication) {
        this.secrets = secrets;
        this.publication = publication;
    }

    /**
     * Writes a checked request over a row, its secret aside.
     *
     * @param tenantsFormat what the tenant's webhooks send unless they say otherwise
     */
    void apply(WebhookRequest request, PayloadFormat tenantsFormat, Webhook webhook) {
        webhook.name = orElse(request.name(), URI.create(request.url()).getAuthority());
        webhook.description = request.description();
        webhook.url = request.url();
        webhook.method = orElse(request.method(), Method.POST).name();
        webhook.events = List.copyOf(new LinkedHashSet<>(request.events()));
        if (request.headers() != null) {
            webhook.headers = encrypted(request.headers(), webhook);
        }
        webhook.retry =
                request.retryConfig() == null ? null : request.retryConfig().toContract();
        webhook.payloadFormat = orElse(request.payloadFormat(), tenantsFormat).wireName();
        webhook.filters = FilterText.of(request.filters());
        webhook.template = request.template();
        applySignature(request.signature(), webhook);
        webhook.headerPrefix = orElse(request.headerPrefix(), EndpointRegistration.DEFAULT_HEADER_PREFIX);
        webhook.timeoutMs = orElse(request.timeout(), EndpointRegistration.DEFAULT_TIMEOUT_MS);
        webhook.maxInFlight = orElse(request.maxInFlight(), EndpointRegistration.DEFAULT_MAX_IN_FLIGHT);
        webhook.rateLimit =
                request.rateLimit() == null ? null : request.rateLimit().toContract();
        webhook.breaker = request.breaker() == null ? null : request.breaker().toContract();
        webhook.debugMode = orElse(request.debugMode(), false);
        webhook.delayMs = orElse(request.delay(), 0L);
        webhook.mode = request.mode() == null || request.mode().equals(DeliveryMode.IMMEDIATE)
                ? null
                : request.mode().complete();
        webhook.parallelism = orElse(request.parallelism(), 1);
        webhook.metadata = orElse(request.metadata(), Map.of());
        webhook.payloadVersion = request.payloadVersion();
        if (request.auth() != null) {
            webhook.auth = sealed(request.auth().unmasked(storedAuth(webhook)), webhook);
        }
    }

    /** Key pairs stay when their scheme goes, so that one that comes back has the public key that receivers know. */
    private void applySignature(@Nullable SignatureRequest signature, Webhook webhook) {
        List<String> schemes = signature == null
                ? SignatureSchemes.DEFAULT
                : signature.schemes().stream()
                        .map(SignatureScheme::wireName)
                        .distinct()
                        .toList();
        webhook.signatureSchemes = schemes;
        if (schemes.contains(SignatureSchemes.V1A) && webhook.keyPairs.isEmpty()) {
            webhook.keyPairs = List.of(newKeyPair(webhook));
        }
    }

    /** A key pair as it is kept: its private key of use to this webhook only. */
    KeyPair newKeyPair(Webhook webhook) {
        Ed25519Keys.Pair pair = Ed25519Keys.generate();
        return KeyPair.of(pair.publicKey(), encrypted(pair.privateKey(), webhook));
    }

    /** A secret as it is kept: encrypted, and of use to this webhook only. */
    String encrypted(String secret, Webhook webhook) {
        return secrets.encrypt(secret, EndpointRegistration.secretOwner(webhook.id));
    }

    /**
     * The keys that sign at the time, in clear.
     *
     * @throws SecretBox.SecretUnreadableException if they cannot be decrypted any more
     */
    SigningKeys signingKeys(Webhook webhook, Instant at) {
        return new SigningKeys(
                webhook.headerPrefix,
                webhook.secrets.stream()
                        .filter(secret -> secret.validUntil() == null
                                || secret.validUntil().isAfter(at))
                        .map(secret ->
                                secrets.decryptText(secret.encrypted(), EndpointRegistration.secretOwner(webhook.id)))
                        .toList(),
                KeyPairRing.publicKeys(webhook.keyPairs, at));
    }

    /** A webhook's auth with its secrets in clear; null if it has none, or none that can be decrypted any more. */
    @Nullable
    WebhookAuth storedAuth(Webhook webhook) {
        if (webhook.auth == null) {
            return null;
        }
        try {
            return clear(EndpointAuth.open(
                    new EndpointRegistration.Auth(webhook.auth.shown().type().wireName(), webhook.auth.encrypted()),
                    secrets,
                    EndpointRegistration.secretOwner(webhook.id)));
        } catch (SecretBox.SecretUnreadableException e) {
            // Whoever sends a mask is told that nothing is stored; whoever sends the secret anew is helped.
            return null;
        }
    }

    private @Nullable StoredAuth sealed(WebhookAuth auth, Webhook webhook) {
        EndpointAuth contract = contract(auth);
        return contract == null
                ? null
                : new StoredAuth(
                        auth.masked(),
                        contract.sealed(secrets, EndpointRegistration.secretOwner(webhook.id))
                                .encrypted());
    }

    /** Of an auth that has passed the rules, so that what its type needs is there. */
    private static @Nullable EndpointAuth contract(WebhookAuth auth) {
        return switch (auth.type()) {
            case NONE -> null;
            case BASIC -> new EndpointAuth.Basic(needed(auth.username()), needed(auth.password()));
            case BEARER -> new EndpointAuth.Bearer(needed(auth.token()));
            case API_KEY -> new EndpointAuth.ApiKey(needed(auth.header()), needed(auth.value()));
            case OAUTH2 ->
                new EndpointAuth.OAuth2(
                        needed(auth.tokenUrl()), needed(auth.clientId()), needed(auth.clientSecret()), auth.scope());
            case MUTUAL_TLS -> new EndpointAuth.MutualTls(needed(auth.certificate()), needed(auth.privateKey()));
        };
    }

    private static WebhookAuth clear(EndpointAuth auth) {
        if (auth instanceof EndpointAuth.Basic basic) {
            return new WebhookAuth(
                    AuthType.BASIC,
                    basic.username(),
                    basic.password(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }
        if (auth instanceof EndpointAuth.Bearer bearer) {
            return new WebhookAuth(
                    AuthType.BEARER, null, null, bearer.token(), null, null, null, null, null, null, null, null);
        }
        if (auth instanceof EndpointAuth.ApiKey key) {
            return new WebhookAuth(
                    AuthType.API_KEY, null, null, null, key.header(), key.value(), null, null, null, null, null, null);
        }
        if (auth instanceof EndpointAuth.OAuth2 oauth) {
            return new WebhookAuth(
                    AuthType.OAUTH2,
                    null,
                    null,
                    null,
                    null,
                    null,
                    oauth.tokenUrl(),
                    oauth.clientId(),
                    oauth.clientSecret(),
                    oauth.scope(),
                    null,
                    null);
        }
        EndpointAuth.MutualTls tls = (EndpointAuth.MutualTls) auth;
        return new WebhookAuth(
                AuthType.MUTUAL_TLS,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                tls.certificate(),
                tls.privateKey());
    }

    private static String needed(@Nullable String value) {
        return Objects.requireNonNull(value, "the rules have let an auth pass that lacks something");
    }

    private static @Nullable WebhookAuth shown(@Nullable StoredAuth auth) {
        return auth == null ? null : auth.shown();
    }

    /** As a list shows it, without warnings. */
    WebhookView view(Webhook webhook) {
        return view(webhook, null, null);
    }

    WebhookView view(Webhook webhook, List<FieldError> warnings) {
        return view(webhook, null, warnings);
    }

    /** The only view that holds a secret. */
    WebhookView viewWithSecret(Webhook webhook, String secret, List<FieldError> warnings) {
        return view(webhook, secret, warnings);
    }

    /** The request that would make the webhook what it is; its secret and the values of its headers stay unsaid. */
    WebhookRequest request(Webhook webhook) {
        return new WebhookRequest(
                webhook.name,
                webhook.description,
                webhook.url,
                Method.valueOf(webhook.method),
                webhook.events,
                masked(webhook.headers),
                null,
                webhook.isActive,
                retryConfig(webhook.retry),
                PayloadFormat.of(webhook.payloadFormat),
                FilterText.read(webhook.filters),
                webhook.template,
                webhook.headerPrefix,
                new SignatureRequest(schemes(webhook)),
                webhook.timeoutMs,
                webhook.maxInFlight,
                RateLimit.of(webhook.rateLimit),
                Breaker.of(webhook.breaker),
                webhook.debugMode,
                webhook.delayMs,
                mode(webhook),
                webhook.parallelism,
                webhook.metadata,
                shown(webhook.auth),
                webhook.payloadVersion);
    }

    EndpointRegistration registration(Webhook webhook) {
        EndpointRegistration.Builder registration = EndpointRegistration.builder(
                        webhook.id, webhook.tenantId, webhook.url, webhook.events)
                .epoch(publication.epoch())
                .version(webhook.version)
                .name(webhook.name)
                .method(webhook.method)
                .headers(webhook.headers)
                .secrets(webhook.secrets)
                .isActive(webhook.isActive)
                .disabledReason(webhook.disabledReason)
                .payloadFormat(webhook.payloadFormat)
                .filters(webhook.filters)
                .template(webhook.payloadFormat.equals(PayloadFormat.TEMPLATE.wireName()) ? webhook.template : null)
                .signing(signing(webhook))
                .headerPrefix(webhook.headerPrefix)
                .timeoutMs(webhook.timeoutMs)
                .maxInFlight(webhook.maxInFlight)
                .delayMs(webhook.delayMs)
                .retry(webhook.retry)
                .rateLimit(webhook.rateLimit)
                .breaker(webhook.breaker)
                .auth(
                        webhook.auth == null
                                ? null
                                : new EndpointRegistration.Auth(
                                        webhook.auth.shown().type().wireName(), webhook.auth.encrypted()))
                .isDebug(webhook.debugMode)
                .payloadVersion(webhook.payloadVersion)
                .parallelism(webhook.parallelism);
        mode(webhook).publish(registration);
        return registration.build();
    }

    private static DeliveryMode mode(Webhook webhook) {
        return webhook.mode == null ? DeliveryMode.IMMEDIATE : webhook.mode;
    }

    private static EndpointRegistration.@Nullable Signing signing(Webhook webhook) {
        return webhook.signatureSchemes.equals(SignatureSchemes.DEFAULT)
                ? null
                : new EndpointRegistration.Signing(webhook.signatureSchemes, KeyPairRing.privateKeys(webhook.keyPairs));
    }

    private static SignatureView signature(Webhook webhook) {
        return new SignatureView(
                schemes(webhook),
                webhook.signatureSchemes.contains(SignatureSchemes.V1A)
                        ? KeyPairRing.publicKeys(webhook.keyPairs, Instant.now())
                        : List.of());
    }

    private static List<SignatureScheme> schemes(Webhook webhook) {
        return webhook.signatureSchemes.stream().map(SignatureScheme::of).toList();
    }

    private static WebhookView view(Webhook webhook, @Nullable String secret, @Nullable List<FieldError> warnings) {
        return new WebhookView(
                webhook.id,
                webhook.tenantId,
                webhook.name,
                webhook.description,
                webhook.url,
                Method.valueOf(webhook.method),
                webhook.events,
                masked(webhook.headers),
                secret,
                previousSecretValidUntil(webhook.secrets),
                webhook.isActive,
                webhook.disabledReason,
                webhook.disabledCode,
                webhook.disabledAt,
                retryConfig(webhook.retry),
                PayloadFormat.of(webhook.payloadFormat),
                FilterText.read(webhook.filters),
                webhook.template,
                webhook.headerPrefix,
                signature(webhook),
                webhook.timeoutMs,
                webhook.maxInFlight,
                RateLimit.of(webhook.rateLimit),
                Breaker.of(webhook.breaker),
                webhook.debugMode,
                webhook.delayMs,
                mode(webhook),
                webhook.parallelism,
                webhook.metadata,
                shown(webhook.auth),
                webhook.payloadVersion,
                warnings,
                webhook.version,
                webhook.createdAt,
                webhook.updatedAt);
    }

    /** New values are encrypted; the mask stands for the value that is stored under the name, in whatever case. */
    private Map<String, String> encrypted(Map<String, String> headers, Webhook webhook) {
        Map<String, String> stored = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (webhook.headers != null) {
            stored.putAll(webhook.headers);
        }
        Map<String, String> encrypted = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            String kept = value.equals(WebhookRules.MASK) ? stored.get(name) : null;
            encrypted.put(name, kept == null ? encrypted(value, webhook) : kept);
        });
        return encrypted;
    }

    private static Map<String, String> masked(Map<String, String> headers) {
        Map<String, String> masked = new LinkedHashMap<>();
        headers.keySet().forEach(name -> masked.put(name, WebhookRules.MASK));
        return masked;
    }

    private static @Nullable Instant previousSecretValidUntil(List<EncryptedSecret> secrets) {
        Instant now = Instant.now();
        return secrets.stream()
                .map(EncryptedSecret::validUntil)
                .filter(Objects::nonNull)
                .filter(end -> end.isAfter(now))
                .max(Instant::compareTo)
                .orElse(null);
    }

    private static @Nullable RetryConfig retryConfig(EndpointRegistration.@Nullable RetryConfig retry) {
        return retry == null ? null : RetryConfig.of(retry);
    }

    private static <T> T orElse(@Nullable T value, T fallback) {
        return value == null ? fallback : value;
    }
}
