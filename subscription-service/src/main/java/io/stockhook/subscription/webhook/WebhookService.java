package io.stockhook.subscription.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhook.events.EndpointRegistration.EncryptedSecret;
import io.stockhook.events.Ids;
import io.stockhook.events.MicroClock;
import io.stockhook.events.SecretBox;
import io.stockhook.events.signature.SigningSecrets;
import io.stockhook.subscription.publication.ControlPlanePublisher;
import io.stockhook.subscription.publication.Publication;
import io.stockhook.subscription.secret.KeyPairRing;
import io.stockhook.subscription.secret.SigningSecretRing;
import io.stockhook.subscription.secret.SigningSecretRules;
import io.stockhook.subscription.tenant.TenantChanged;
import io.stockhook.subscription.tenant.TenantDeleted;
import io.stockhook.subscription.tenant.TenantService;
import io.stockhook.subscription.webhook.WebhookInheritance.Inherited;
import io.stockhook.web.etag.EntityTags;
import io.stockhook.web.paging.Page;
import io.stockhook.web.paging.PageQuery;
import io.stockhook.web.patch.MergePatcher;
import io.stockhook.web.problem.FieldError;
import io.stockhook.web.problem.Problems;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Webhooks and what the other services are told of them. A change locks the webhook's row, raises its version and appends its
 * registration in one transaction, so that registrations reach the topic in the order of their versions.
 */
@ApplicationScoped
public class WebhookService {

    private static final int FIRST = 1_000;

    private final WebhookRepository webhooks;
    private final WebhookMapper mapper;
    private final WebhookRules rules;
    private final WebhookInheritance inheritance;
    private final Republication republication;
    private final TenantService tenants;
    private final ControlPlanePublisher publisher;
    private final MergePatcher patcher;
    private final WebhookConfig config;
    private final SubscriptionWarnings warnings;

    WebhookService(
            WebhookRepository webhooks,
            WebhookMapper mapper,
            WebhookRules rules,
            WebhookInheritance inheritance,
            Republication republication,
            TenantService tenants,
            ControlPlanePublisher publisher,
            MergePatcher patcher,
            WebhookConfig config,
            SubscriptionWarnings warnings) {
        this.webhooks = webhooks;
        this.mapper = mapper;
        this.rules = rules;
        this.inheritance = inheritance;
        this.republication = republication;
        this.tenants = tenants;
        this.publisher = publisher;
        this.patcher = patcher;
        this.config = config;
        this.warnings = warnings;
    }

    /** Registers an endpoint. The answer shows its secret, for the only time. */
    @Transactional
    Publication<WebhookView> create(String tenantId, WebhookRequest request) {
        return create(tenantId, request, null);
    }

    /** The same of a webhook that a feature keeps; null for none. */
    @Transactional
    Publication<WebhookView> create(String tenantId, WebhookRequest request, @Nullable ManagedWebhook managed) {
        // A token may outlive its tenant.
        if (tenants.lock(tenantId).isEmpty()) {
            throw Problems.forbidden("The tenant that the token names does not exist.");
        }
        joinSubscriber(tenantId, request.subscriberId());
        Inherited inherited = inheritance.of(tenantId, request.subscriberId());
        requireValid(rules.check(request, Set.of(), null, inherited, request.auth() == null));
        Integer settings = inherited.tenant().maxWebhooks();
        int most = settings == null ? config.maxPerTenant() : Math.min(settings, config.maxPerTenant());
        if (webhooks.countOfTenant(tenantId) >= most) {
            throw Problems.conflict("The tenant has %d webhooks and may not have more.".formatted(most));
        }
        var webhook = new Webhook();
        webhook.id = Ids.next(Ids.Kind.WEBHOOK);
        webhook.tenantId = tenantId;
        webhook.headers = Map.of();
        webhook.keyPairs = List.of();
        mapper.apply(request, webhook);
        if (managed != null) {
            webhook.managedBy = managed.managedBy();
            mapper.conceal(managed.shown(), webhook);
        }
        webhook.isActive = !Boolean.FALSE.equals(request.isActive());
        String secret = request.secret() == null ? SigningSecrets.generate() : request.secret();
        webhook.secrets = SigningSecretRing.of(mapper.encrypted(secret, webhook));
        webhook.version = 1;
        webhook.createdAt = MicroClock.now();
        webhook.updatedAt = webhook.createdAt;
        webhook.secretSince = webhook.createdAt;
        webhook.disabledAt = webhook.isActive ? null : webhook.createdAt;
        webhooks.persist(webhook);
        return new Publication<>(mapper.viewWithSecret(webhook, secret, warnings.of(webhook)), publish(webhook));
    }

    @Transactional
    WebhookView get(String tenantId, String id) {
        return webhooks.findOfTenant(tenantId, id)
                .map(webhook -> mapper.view(webhook, warnings.of(webhook)))
                .orElseThrow(() -> Problems.notFound("webhook", id));
    }

    /**
     * The keys that sign a webhook's deliveries at a time.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 404 if the tenant has no such webhook, 409 if its secrets cannot be read
     */
    @Transactional
    public SigningKeys signingKeys(String tenantId, String id, Instant at) {
        Webhook webhook = webhooks.findOfTenant(tenantId, id).orElseThrow(() -> Problems.notFound("webhook", id));
        try {
            return mapper.signingKeys(webhook, at);
        } catch (SecretBox.SecretUnreadableException e) {
            throw Problems.conflict("The webhook's secrets cannot be decrypted any more; rotate them.");
        }
    }

    @Transactional
    WebhookList list(String tenantId, WebhookFilter filter, PageQuery query) {
        var rows = webhooks.listOfTenantAfter(
                tenantId, filter, query.after(id -> Ids.require(Ids.Kind.WEBHOOK, id)), query.fetchSize());
        inheritance.prefetch(tenantId, rows);
        var page = Page.of(rows, query, webhook -> webhook.id, mapper::view, webhooks.countOfTenant(tenantId, filter));
        return new WebhookList(page, webhooks.countOfTenant(tenantId), webhooks.countActiveOfTenant(tenantId));
    }

    /** Replaces everything; the secret, and headers and auth that are not given, stay. */
    @Transactional
    Publication<WebhookView> replace(String tenantId, String id, @Nullable String ifMatch, WebhookRequest request) {
        return replace(findOwnAndLock(tenantId, id, ifMatch), request);
    }

    /** Changes what the JSON merge patch names. */
    @Transactional
    Publication<WebhookView> patch(String tenantId, String id, @Nullable String ifMatch, @Nullable JsonNode patch) {
        Webhook webhook = findOwnAndLock(tenantId, id, ifMatch);
        WebhookRequest patched = patcher.apply(mapper.request(webhook), patch, WebhookRequest.class);
        // Only a patch can have taken headers and auth away: the request that it was applied to names what there is.
        if (patched.auth() == null) {
            webhook.auth = null;
        }
        return replace(webhook, patched.keepingNoHeaders());
    }

    /** Lets a webhook get deliveries, or not. */
    @Transactional
    Publication<WebhookView> setActive(String tenantId, String id, @Nullable String ifMatch, boolean isActive) {
        Webhook webhook = findAndLock(tenantId, id, ifMatch);
        activate(webhook, isActive);
        return changed(webhook);
    }

    /** Closes a webhook's circuit: whoever delivers to it begins anew with each of its versions. */
    @Transactional
    Publication<WebhookView> resetBreaker(String tenantId, String id, @Nullable String ifMatch) {
        return changed(findAndLock(tenantId, id, ifMatch));
    }

    /** Gives a webhook a new secret, which the answer shows for the only time, and a new key pair if it has one. */
    @Transactional
    Publication<WebhookView> rotateSecret(
            String tenantId, String id, @Nullable String ifMatch, RotateSecretRequest request) {
        requireValidSecret(request.secret());
        Webhook webhook = findOwnAndLock(tenantId, id, ifMatch);
        String secret = request.secret() == null ? SigningSecrets.generate() : request.secret();
        Duration overlap = request.overlap() == null ? config.rotationOverlap() : Duration.ofMillis(request.overlap());
        Instant now = MicroClock.now();
        List<EncryptedSecret> rotated =
                SigningSecretRing.rotated(webhook.secrets, mapper.encrypted(secret, webhook), now, overlap);
        if (rotated.size() > SigningSecretRing.MAX_SECRETS) {
            throw Problems.conflict("%d secrets are still valid; wait until one ends, or rotate with an overlap of 0."
                    .formatted(rotated.size() - 1));
        }
        webhook.secrets = rotated;
        webhook.secretSince = now;
        if (!webhook.keyPairs.isEmpty()) {
            webhook.keyPairs = KeyPairRing.rotated(webhook.keyPairs, mapper.newKeyPair(webhook), now, overlap);
        }
        Publication<WebhookView> changed = changed(webhook);
        return new Publication<>(mapper.viewWithSecret(webhook, secret, warnings.of(webhook)), changed.outboxId());
    }

    /** Deletes a webhook and returns the tombstone's place in the outbox. */
    @Transactional
    long delete(String tenantId, String id, @Nullable String ifMatch) {
        return delete(findOwnAndLock(tenantId, id, ifMatch));
    }

    /** Replaces a webhook that a feature keeps; its secret stays. */
    @Transactional
    Publication<WebhookView> replaceManaged(
            String tenantId, String id, WebhookRequest request, ManagedWebhook managed) {
        Webhook webhook = findAndLock(tenantId, id, null);
        webhook.auth = null;
        WebhookRequest whole = request.keepingNoHeaders();
        requireValid(rules.check(
                whole, Set.of(), null, inheritance.of(tenantId, whole.subscriberId()), whole.auth() == null));
        mapper.apply(whole, webhook);
        mapper.conceal(managed.shown(), webhook);
        activate(webhook, !Boolean.FALSE.equals(request.isActive()));
        return changed(webhook);
    }

    /** Deletes a webhook that a feature keeps and returns the tombstone's place in the outbox. */
    @Transactional
    long deleteManaged(String tenantId, String id) {
        return delete(findAndLock(tenantId, id, null));
    }

    /** The webhooks that a feature keeps for a tenant, in order of creation. */
    @Transactional
    List<WebhookView> listManaged(String tenantId, String manager) {
        return webhooks.listOfTenantManagedBy(tenantId, manager).stream()
                .map(mapper::view)
                .toList();
    }

    /** Those that any feature keeps. */
    @Transactional
    List<WebhookView> listManaged(String tenantId) {
        return webhooks.listManagedOfTenant(tenantId).stream().map(mapper::view).toList();
    }

    /** Before its subscribers, to which they refer. */
    void deleteAll(@Observes @Priority(FIRST) TenantDeleted event) {
        webhooks.listAndLockOfTenant(event.tenantId()).forEach(this::delete);
        // The tenant's own row goes next and is referred to by these.
        webhooks.flush();
    }

    /** What webhooks inherit from their tenant's own row has changed. */
    void republishAll(@Observes TenantChanged event) {
        republication.begin(event.tenantId(), null);
    }

    private Publication<WebhookView> replace(Webhook webhook, WebhookRequest asked) {
        WebhookRequest request = webhook.auth == null ? asked : asked.keeping(webhook.auth.shown());
        if (!Objects.equals(request.subscriberId(), webhook.subscriberId)) {
            joinSubscriber(webhook.tenantId, request.subscriberId());
        }
        requireValid(rules.check(
                request,
                webhook.headers.keySet(),
                mapper.storedAuth(webhook),
                inheritance.of(webhook.tenantId, request.subscriberId()),
                request.auth() == null && webhook.auth == null));
        mapper.apply(request, webhook);
        activate(webhook, !Boolean.FALSE.equals(request.isActive()));
        if (request.secret() != null) {
            webhook.secrets = SigningSecretRing.of(mapper.encrypted(request.secret(), webhook));
            webhook.secretSince = MicroClock.now();
        }
        return changed(webhook);
    }

    /** Sees to it that there is the subscriber and room at it. */
    private void joinSubscriber(String tenantId, @Nullable String subscriberId) {
        if (subscriberId == null) {
            return;
        }
        Integer most = inheritance.require(tenantId, subscriberId).maxWebhooks();
        if (most != null && webhooks.countOfSubscriber(tenantId, subscriberId) >= most) {
            throw Problems.conflict(
                    "subscriber_id", "The subscriber has %d webhooks and may not have more.".formatted(most));
        }
    }

    private static void activate(Webhook webhook, boolean isActive) {
        if (isActive) {
            webhook.disabledReason = null;
            webhook.disabledCode = null;
            webhook.disabledAt = null;
        } else if (webhook.isActive) {
            webhook.disabledAt = MicroClock.now();
        }
        webhook.isActive = isActive;
    }

    private Publication<WebhookView> changed(Webhook webhook) {
        webhook.version++;
        webhook.updatedAt = MicroClock.now();
        return new Publication<>(mapper.view(webhook, warnings.of(webhook)), publish(webhook));
    }

    private long publish(Webhook webhook) {
        return publisher.publish(mapper.registration(webhook));
    }

    private long delete(Webhook webhook) {
        webhooks.delete(webhook);
        return publisher.retractEndpoint(webhook.id);
    }

    private Webhook findAndLock(String tenantId, String id, @Nullable String ifMatch) {
        Webhook webhook =
                webhooks.findAndLockOfTenant(tenantId, id).orElseThrow(() -> Problems.notFound("webhook", id));
        EntityTags.requireMatch(ifMatch, webhook.version);
        return webhook;
    }

    private Webhook findOwnAndLock(String tenantId, String id, @Nullable String ifMatch) {
        Webhook webhook = findAndLock(tenantId, id, ifMatch);
        if (webhook.managedBy != null) {
            throw Problems.conflict(
                    "The webhook belongs to the integration %1$s; change it by POST /api/v1/integrations/%1$s/configure, delete it by DELETE /api/v1/integrations/%1$s. It can be enabled and disabled here."
                            .formatted(webhook.managedBy));
        }
        return webhook;
    }

    private static void requireValid(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw Problems.badFields(errors);
        }
    }

    private static void requireValidSecret(@Nullable String secret) {
        if (secret != null) {
            SigningSecretRules.objection(secret).ifPresent(objection -> {
                throw Problems.badField("secret", objection);
            });
        }
    }
}
