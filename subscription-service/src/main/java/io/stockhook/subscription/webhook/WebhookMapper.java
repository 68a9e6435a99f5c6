package io.stockhook.subscription.webhook;

import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EndpointRegistration.EncryptedSecret;
import io.stockhook.events.SecretBox;
import io.stockhook.events.signature.Ed25519Keys;
import io.stockhook.events.signature.SignatureSchemes;
import io.stockhook.subscription.publication.PublicationConfig;
import io.stockhook.subscription.secret.KeyPairRing;
import io.stockhook.subscription.secret.KeyPairRing.KeyPair;
import io.stockhook.subscription.tenant.PayloadFormat;
import io.stockhook.subscription.webhook.WebhookInheritance.Inherited;
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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Between a webhook's row and what goes in and out of it. Secrets enter encrypted, bound to their webhook. */
@ApplicationScoped
class WebhookMapper {

    /** For people. That there is one is what has events recorded as held, so that they can be delivered after all. */
    private static final String SUBSCRIBER_INACTIVE = "The subscriber is inactive.";

    private final SecretBox secrets;
    private final PublicationConfig publication;
    private final WebhookInheritance inheritance;
    private final SealedAuths auths;

    WebhookMapper(SecretBox secrets, PublicationConfig publication, WebhookInheritance inheritance, SealedAuths auths) {
        this.secrets = secrets;
        this.publication = publication;
        this.inheritance = inheritance;
        this.auths = auths;
    }

    /** Writes a checked request over a row, its secret aside. What the request leaves out that can be inherited is left open. */
    void apply(WebhookRequest request, Webhook webhook) {
        webhook.subscriberId = request.subscriberId();
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
        webhook.payloadFormat =
                request.payloadFormat() == null ? null : request.payloadFormat().wireName();
        webhook.filters = FilterText.of(request.filters());
        webhook.template = request.template();
        webhook.signatureSchemes = request.signature() == null
                ? null
                : request.signature().schemes().stream()
                        .map(SignatureScheme::wireName)
                        .distinct()
                        .toList();
        webhook.headerPrefix = request.headerPrefix();
        webhook.timeoutMs = request.timeout();
        webhook.maxInFlight = request.maxInFlight();
        webhook.rateLimit =
                request.rateLimit() == null ? null : request.rateLimit().toContract();
        webhook.breaker = request.breaker() == null ? null : request.breaker().toContract();
        webhook.debugMode = request.debugMode();
        webhook.delayMs = orElse(request.delay(), 0L);
        webhook.mode = request.mode() == null || request.mode().equals(DeliveryMode.IMMEDIATE)
                ? null
                : request.mode().complete();
        webhook.parallelism = orElse(request.parallelism(), 1);
        webhook.metadata = orElse(request.metadata(), Map.of());
        webhook.payloadVersion = request.payloadVersion();
        if (request.auth() != null) {
            webhook.auth = auths.seal(
                    request.auth().unmasked(storedAuth(webhook)), EndpointRegistration.secretOwner(webhook.id));
        }
        makeKeyPairIfNeeded(webhook);
    }

    /** Puts away, encrypted, the url and the template of a row that was written, and has others stand in their place to be shown. */
    void conceal(ManagedWebhook.Shown shown, Webhook webhook) {
        String url = webhook.url.equals(shown.url()) ? null : encrypted(webhook.url, webhook);
        String template = webhook.template == null || webhook.template.equals(shown.template())
                ? null
                : encrypted(webhook.template, webhook);
        webhook.sealed = url == null && template == null ? null : new EndpointRegistration.Sealed(url, template);
        webhook.url = shown.url();
        webhook.template = shown.template();
    }

    /** Key pairs stay when their scheme goes, so that one that comes back has the public key that receivers know. */
    void makeKeyPairIfNeeded(Webhook webhook) {
        if (webhook.keyPairs.isEmpty()
                && inheritance.of(webhook).over(own(webhook)).signature().contains(SignatureScheme.V1A)) {
            webhook.keyPairs = List.of(newKeyPair(webhook));
        }
    }

    private static DeliveryPreferences own(Webhook webhook) {
        return new DeliveryPreferences(
                retryConfig(webhook.retry),
                webhook.payloadFormat == null ? null : PayloadFormat.of(webhook.payloadFormat),
                webhook.headerPrefix,
                webhook.signatureSchemes == null ? null : new SignatureRequest(schemes(webhook.signatureSchemes)),
                webhook.timeoutMs,
                webhook.maxInFlight,
                RateLimit.of(webhook.rateLimit),
                Breaker.of(webhook.breaker),
                webhook.debugMode);
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
                inheritance.of(webhook).over(own(webhook)).headerPrefix(),
                webhook.secrets.stream()
                        .filter(secret -> secret.validUntil() == null
                                || secret.validUntil().isAfter(at))
                        .map(secret ->
                                secrets.decryptText(secret.encrypted(), EndpointRegistration.secretOwner(webhook.id)))
                        .toList(),
                KeyPairRing.publicKeys(webhook.keyPairs, at));
    }

    /**
     * Wraps whatever is encrypted of a webhook with the current master key.
     *
     * @return whether anything was not yet
     */
    boolean reseal(Webhook webhook) {
        String owner = EndpointRegistration.secretOwner(webhook.id);
        boolean[] changed = {false};
        UnaryOperator<String> rewrap = text -> {
            if (secrets.isCurrent(text)) {
                return text;
            }
            changed[0] = true;
            return secrets.rewrap(text, owner);
        };
        UnaryOperator<EncryptedSecret> rewrapSecret =
                secret -> new EncryptedSecret(rewrap.apply(secret.encrypted()), secret.validUntil());
        Map<String, String> headers = new LinkedHashMap<>();
        webhook.headers.forEach((name, value) -> headers.put(name, rewrap.apply(value)));
        List<EncryptedSecret> rewrapped =
                webhook.secrets.stream().map(rewrapSecret).toList();
        List<KeyPair> pairs = webhook.keyPairs.stream()
                .map(pair -> new KeyPair(pair.publicKey(), rewrapSecret.apply(pair.privateKey())))
                .toList();
        StoredAuth auth = webhook.auth == null || webhook.auth.isNone()
                ? webhook.auth
                : new StoredAuth(webhook.auth.shown(), rewrap.apply(webhook.auth.encrypted()));
        EndpointRegistration.Sealed sealed = webhook.sealed == null
                ? null
                : new EndpointRegistration.Sealed(
                        rewrapped(webhook.sealed.url(), rewrap), rewrapped(webhook.sealed.template(), rewrap));
        if (changed[0]) {
            webhook.sealed = sealed;
            webhook.headers = headers;
            webhook.secrets = rewrapped;
            webhook.keyPairs = pairs;
            webhook.auth = auth;
        }
        return changed[0];
    }

    private static @Nullable String rewrapped(@Nullable String text, UnaryOperator<String> rewrap) {
        return text == null ? null : rewrap.apply(text);
    }

    /** A webhook's own auth with its secrets in clear; null if it has none, or none that can be decrypted any more. */
    @Nullable
    WebhookAuth storedAuth(Webhook webhook) {
        return auths.open(webhook.auth, EndpointRegistration.secretOwner(webhook.id));
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
        DeliveryPreferences own = own(webhook);
        return new WebhookRequest(
                webhook.name,
                webhook.description,
                webhook.url,
                Method.valueOf(webhook.method),
                webhook.events,
                masked(webhook.headers),
                null,
                webhook.isActive,
                own.retryConfig(),
                own.payloadFormat(),
                FilterText.read(webhook.filters),
                webhook.template,
                own.headerPrefix(),
                own.signature(),
                own.timeout(),
                own.maxInFlight(),
                own.rateLimit(),
                own.breaker(),
                own.debugMode(),
                webhook.delayMs,
                mode(webhook),
                webhook.parallelism,
                webhook.metadata,
                webhook.auth == null ? null : webhook.auth.shown(),
                webhook.subscriberId,
                webhook.payloadVersion);
    }

    EndpointRegistration registration(Webhook webhook) {
        Inherited inherited = inheritance.of(webhook);
        EffectivePreferences holds = inherited.over(own(webhook));
        SubscriberTerms subscriber = inherited.subscriber();
        boolean isHeld = webhook.isActive && subscriber != null && !subscriber.isActive();
        EndpointRegistration.Builder registration = EndpointRegistration.builder(
                        webhook.id, webhook.tenantId, webhook.url, webhook.events)
                .subscriberId(webhook.subscriberId)
                .epoch(publication.epoch())
                .version(webhook.version)
                .name(webhook.name)
                .method(webhook.method)
                .headers(webhook.headers)
                .secrets(webhook.secrets)
                .isActive(webhook.isActive && !isHeld)
                .disabledReason(isHeld ? SUBSCRIBER_INACTIVE : webhook.disabledReason)
                .payloadFormat(holds.payloadFormat().wireName())
                .filters(webhook.filters)
                .template(
                        holds.payloadFormat() == PayloadFormat.TEMPLATE
                                ? template(webhook, inherited.tenant().templates())
                                : null)
                .signing(signing(webhook, holds.signature()))
                .headerPrefix(holds.headerPrefix())
                .timeoutMs(holds.timeout())
                .maxInFlight(holds.maxInFlight())
                .delayMs(webhook.delayMs)
                .retry(holds.retryConfig() == null ? null : holds.retryConfig().toContract())
                .rateLimit(holds.rateLimit() == null ? null : holds.rateLimit().toContract())
                .breaker(holds.breaker() == null ? null : holds.breaker().toContract())
                .auth(SealedAuths.published(auth(webhook, subscriber)))
                .isDebug(holds.debugMode())
                .subscriberRateLimit(
                        subscriber == null || subscriber.rateLimit() == null
                                ? null
                                : subscriber.rateLimit().toContract())
                .parallelism(webhook.parallelism)
                .payloadVersion(webhook.payloadVersion)
                .sealed(webhook.sealed);
        mode(webhook).publish(registration);
        return registration.build();
    }

    private static DeliveryMode mode(Webhook webhook) {
        return webhook.mode == null ? DeliveryMode.IMMEDIATE : webhook.mode;
    }

    /** The webhook's own, or its subscriber's made of use to the webhook; null for none. */
    private @Nullable StoredAuth auth(Webhook webhook, @Nullable SubscriberTerms subscriber) {
        if (webhook.auth != null || subscriber == null || subscriber.auth() == null) {
            return webhook.auth;
        }
        return auths.resealed(
                subscriber.auth(),
                SealedAuths.subscriberOwner(subscriber.id()),
                EndpointRegistration.secretOwner(webhook.id));
    }

    private static @Nullable String template(Webhook webhook, Map<String, String> named) {
        return WebhookRules.templateName(webhook.template).map(named::get).orElse(webhook.template);
    }

    private static EndpointRegistration.@Nullable Signing signing(Webhook webhook, List<SignatureScheme> schemes) {
        List<String> names = schemes.stream().map(SignatureScheme::wireName).toList();
        return names.equals(SignatureSchemes.DEFAULT)
                ? null
                : new EndpointRegistration.Signing(names, KeyPairRing.privateKeys(webhook.keyPairs));
    }

    private static SignatureView signature(Webhook webhook, List<SignatureScheme> schemes) {
        return new SignatureView(
                schemes,
                schemes.contains(SignatureScheme.V1A)
                        ? KeyPairRing.publicKeys(webhook.keyPairs, Instant.now())
                        : List.of());
    }

    /** @param dueBefore a secret that signs since before then is due for rotation */
    WebhookSignatureView signatureView(Webhook webhook, Instant dueBefore) {
        Instant now = Instant.now();
        SignatureView signature =
                signature(webhook, inheritance.of(webhook).over(own(webhook)).signature());
        int validSecrets = (int) webhook.secrets.stream()
                .filter(secret ->
                        secret.validUntil() == null || secret.validUntil().isAfter(now))
                .count();
        return new WebhookSignatureView(
                webhook.id,
                webhook.name,
                webhook.isActive,
                signature.schemes(),
                signature.publicKeys(),
                webhook.secretSince,
                validSecrets,
                previousSecretValidUntil(webhook.secrets),
                webhook.secretSince.isBefore(dueBefore));
    }

    private static List<SignatureScheme> schemes(List<String> names) {
        return names.stream().map(SignatureScheme::of).toList();
    }

    private WebhookView view(Webhook webhook, @Nullable String secret, @Nullable List<FieldError> warnings) {
        Inherited inherited = inheritance.of(webhook);
        EffectivePreferences holds = inherited.over(own(webhook));
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
                holds.retryConfig() == null
                        ? null
                        : RetryConfig.of(holds.retryConfig().toContract()),
                holds.payloadFormat(),
                FilterText.read(webhook.filters),
                webhook.template,
                holds.headerPrefix(),
                signature(webhook, holds.signature()),
                holds.timeout(),
                holds.maxInFlight(),
                holds.rateLimit() == null
                        ? null
                        : RateLimit.of(holds.rateLimit().toContract()),
                holds.breaker() == null ? null : Breaker.of(holds.breaker().toContract()),
                holds.debugMode(),
                webhook.delayMs,
                mode(webhook),
                webhook.parallelism,
                webhook.metadata,
                shownAuth(webhook, inherited),
                webhook.subscriberId,
                inherited.subscriber() == null ? null : inherited.subscriber().isActive(),
                origins(webhook, inherited, holds),
                webhook.managedBy,
                webhook.payloadVersion,
                warnings,
                webhook.version,
                webhook.createdAt,
                webhook.updatedAt);
    }

    private static @Nullable WebhookAuth shownAuth(Webhook webhook, Inherited inherited) {
        if (webhook.auth == null) {
            return inherited.shownAuth();
        }
        return webhook.auth.isNone() ? null : webhook.auth.shown();
    }

    private static Map<String, Origin> origins(Webhook webhook, Inherited inherited, EffectivePreferences holds) {
        Map<String, Origin> origins = new LinkedHashMap<>(holds.inherited());
        if (webhook.auth == null) {
            origins.put("auth", inherited.shownAuth() == null ? Origin.PLATFORM : Origin.SUBSCRIBER);
        }
        return origins;
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
