package io.stockhook.subscription.subscriber;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhook.events.Ids;
import io.stockhook.events.MicroClock;
import io.stockhook.subscription.publication.Publication;
import io.stockhook.subscription.tenant.TenantDeleted;
import io.stockhook.subscription.tenant.TenantService;
import io.stockhook.subscription.webhook.InheritableRules;
import io.stockhook.subscription.webhook.Republication;
import io.stockhook.subscription.webhook.SubscriberTerms;
import io.stockhook.subscription.webhook.WebhookAuth;
import io.stockhook.subscription.webhook.WebhookCounts;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Subscribers. A change of what their webhooks have from them publishes those webhooks anew. It locks the tenant, then the subscriber,
 * then the webhooks; whoever else locks two of them does so in this order.
 */
@ApplicationScoped
public class SubscriberService {

    private static final int AFTER_WEBHOOKS = 2_000;

    private final SubscriberRepository subscribers;
    private final SubscriberMapper mapper;
    private final InheritableRules rules;
    private final TenantService tenants;
    private final Republication republication;
    private final WebhookCounts webhooks;
    private final MergePatcher patcher;
    private final SubscriberConfig config;

    SubscriberService(
            SubscriberRepository subscribers,
            SubscriberMapper mapper,
            InheritableRules rules,
            TenantService tenants,
            Republication republication,
            WebhookCounts webhooks,
            MergePatcher patcher,
            SubscriberConfig config) {
        this.subscribers = subscribers;
        this.mapper = mapper;
        this.rules = rules;
        this.tenants = tenants;
        this.republication = republication;
        this.webhooks = webhooks;
        this.patcher = patcher;
        this.config = config;
    }

    @Transactional
    SubscriberView create(String tenantId, SubscriberRequest request) {
        lockTenant(tenantId);
        if (subscribers.countOfTenant(tenantId) >= config.maxPerTenant()) {
            throw Problems.conflict(
                    "The tenant has %d subscribers and may not have more.".formatted(config.maxPerTenant()));
        }
        var subscriber = new Subscriber();
        subscriber.id = Ids.next(Ids.Kind.SUBSCRIBER);
        subscriber.tenantId = tenantId;
        subscriber.version = 1;
        subscriber.createdAt = MicroClock.now();
        subscriber.updatedAt = subscriber.createdAt;
        requireValid(request, subscriber, null);
        mapper.apply(request, subscriber);
        subscribers.persist(subscriber);
        return mapper.view(subscriber, 0);
    }

    @Transactional
    public SubscriberView get(String tenantId, String id) {
        Subscriber subscriber =
                subscribers.findOfTenant(tenantId, id).orElseThrow(() -> Problems.notFound("subscriber", id));
        return mapper.view(subscriber, webhooksOf(subscriber));
    }

    @Transactional
    Page<SubscriberView> list(String tenantId, SubscriberFilter filter, PageQuery query) {
        var rows = subscribers.listOfTenantAfter(
                tenantId, filter, query.after(id -> Ids.require(Ids.Kind.SUBSCRIBER, id)), query.fetchSize());
        Map<String, Long> counts = webhooks.ofSubscribers(
                tenantId, rows.stream().map(subscriber -> subscriber.id).toList());
        return Page.of(
                rows,
                query,
                subscriber -> subscriber.id,
                subscriber -> mapper.view(subscriber, counts.getOrDefault(subscriber.id, 0L)),
                subscribers.countOfTenant(tenantId, filter));
    }

    /**
     * What is known here of a subscriber's usage.
     *
     * @param webhookIds the oldest of its webhooks
     */
    record Usage(SubscriberView subscriber, long activeWebhooks, List<String> webhookIds) {}

    /** @param mostWebhooks how many webhooks are named at the most */
    @Transactional
    Usage usage(String tenantId, String id, int mostWebhooks) {
        SubscriberView subscriber = get(tenantId, id);
        return new Usage(
                subscriber,
                webhooks.activeOfSubscriber(tenantId, id),
                webhooks.idsOfSubscriber(tenantId, id, mostWebhooks));
    }

    /** Replaces everything; auth that is not given stays. */
    @Transactional
    Publication<SubscriberView> replace(
            String tenantId, String id, @Nullable String ifMatch, SubscriberRequest request) {
        return replace(findAndLock(tenantId, id, ifMatch), request);
    }

    /** Changes what the JSON merge patch names. */
    @Transactional
    Publication<SubscriberView> patch(String tenantId, String id, @Nullable String ifMatch, @Nullable JsonNode patch) {
        Subscriber subscriber = findAndLock(tenantId, id, ifMatch);
        SubscriberTerms former = SubscriberMapper.terms(subscriber);
        SubscriberRequest patched = patcher.apply(mapper.request(subscriber), patch, SubscriberRequest.class);
        if (patched.auth() == null) {
            // Only a patch can have taken it away: the request that it was applied to names what there is.
            subscriber.auth = null;
        }
        return replace(subscriber, patched, former);
    }

    /** Deletes a subscriber that no webhook belongs to. */
    @Transactional
    void delete(String tenantId, String id, @Nullable String ifMatch) {
        Subscriber subscriber = findAndLock(tenantId, id, ifMatch);
        long count = webhooksOf(subscriber);
        if (count > 0) {
            throw Problems.conflict(
                    "%d webhooks belong to the subscriber; delete them, or set their subscriber_id to null."
                            .formatted(count));
        }
        subscribers.delete(subscriber);
    }

    /** After the webhooks, which refer to them. */
    void deleteAll(@Observes @Priority(AFTER_WEBHOOKS) TenantDeleted event) {
        subscribers.deleteOfTenant(event.tenantId());
    }

    private Publication<SubscriberView> replace(Subscriber subscriber, SubscriberRequest request) {
        return replace(subscriber, request, SubscriberMapper.terms(subscriber));
    }

    private Publication<SubscriberView> replace(
            Subscriber subscriber, SubscriberRequest request, SubscriberTerms former) {
        requireValid(request, subscriber, mapper.storedAuth(subscriber));
        mapper.apply(request, subscriber);
        subscriber.version++;
        subscriber.updatedAt = MicroClock.now();
        long outboxId = SubscriberMapper.terms(subscriber).equals(former)
                ? Publication.NOTHING
                : republication.begin(subscriber.tenantId, subscriber.id);
        return new Publication<>(mapper.view(subscriber, webhooksOf(subscriber)), outboxId);
    }

    private long webhooksOf(Subscriber subscriber) {
        return webhooks.ofSubscribers(subscriber.tenantId, List.of(subscriber.id))
                .getOrDefault(subscriber.id, 0L);
    }

    private void lockTenant(String tenantId) {
        // A token may outlive its tenant.
        if (tenants.lock(tenantId).isEmpty()) {
            throw Problems.forbidden("The tenant that the token names does not exist.");
        }
    }

    private Subscriber findAndLock(String tenantId, String id, @Nullable String ifMatch) {
        lockTenant(tenantId);
        Subscriber subscriber =
                subscribers.findAndLockOfTenant(tenantId, id).orElseThrow(() -> Problems.notFound("subscriber", id));
        EntityTags.requireMatch(ifMatch, subscriber.version);
        return subscriber;
    }

    private void requireValid(SubscriberRequest request, Subscriber subscriber, @Nullable WebhookAuth storedAuth) {
        List<FieldError> errors = new ArrayList<>(rules.check(request.effectivePreferences()));
        WebhookAuth asked = request.auth();
        boolean isKept = subscriber.auth != null && subscriber.auth.shown().equals(asked);
        errors.addAll(rules.checkAuth(isKept ? null : asked, storedAuth, request.effectivePreferences()));
        if (!errors.isEmpty()) {
            throw Problems.badFields(errors);
        }
        requireOwnReference(request.externalReference(), subscriber);
    }

    private void requireOwnReference(@Nullable String reference, Subscriber subscriber) {
        if (reference == null || reference.equals(subscriber.externalReference)) {
            return;
        }
        subscribers.findByReferenceOfTenant(subscriber.tenantId, reference).ifPresent(other -> {
            throw Problems.conflict(
                    "external_reference", "The subscriber %s has this reference already.".formatted(other.id));
        });
    }
}
