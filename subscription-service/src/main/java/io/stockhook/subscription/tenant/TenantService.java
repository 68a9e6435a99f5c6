package io.stockhook.subscription.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhook.events.Ids;
import io.stockhook.events.MicroClock;
import io.stockhook.subscription.publication.ControlPlanePublisher;
import io.stockhook.subscription.publication.Publication;
import io.stockhook.web.etag.EntityTags;
import io.stockhook.web.paging.Page;
import io.stockhook.web.paging.PageQuery;
import io.stockhook.web.patch.MergePatcher;
import io.stockhook.web.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tenants and what the other services are told of them. What it sees is what the transaction's tenant scope shows. */
@ApplicationScoped
public class TenantService {

    /** The platform itself: the tenant of its admins' keys. It exists from the first migration on and stays. */
    public static final String PLATFORM = "ten_00000000000070008000000000000000";

    private final TenantRepository tenants;
    private final TenantMapper mapper;
    private final ControlPlanePublisher publisher;
    private final MergePatcher patcher;
    private final Event<TenantDeleted> deletions;
    private final Event<TenantChanged> changes;
    private final TenantConfig config;

    TenantService(
            TenantRepository tenants,
            TenantMapper mapper,
            ControlPlanePublisher publisher,
            MergePatcher patcher,
            Event<TenantDeleted> deletions,
            Event<TenantChanged> changes,
            TenantConfig config) {
        this.tenants = tenants;
        this.mapper = mapper;
        this.publisher = publisher;
        this.patcher = patcher;
        this.deletions = deletions;
        this.changes = changes;
        this.config = config;
    }

    @Transactional
    Publication<TenantView> create(TenantRequest request) {
        var tenant = new Tenant();
        tenant.id = Ids.next(Ids.Kind.TENANT);
        tenant.createdAt = MicroClock.now();
        tenant.allowedCidrs = List.of();
        apply(request, tenant);
        tenants.persist(tenant);
        return publish(tenant);
    }

    /** @throws io.quarkiverse.resteasy.problem.HttpProblem 404 if there is none, or it is not this transaction's to see */
    @Transactional
    public TenantView get(String id) {
        return tenants.findTenant(id).map(mapper::view).orElseThrow(() -> Problems.notFound("tenant", id));
    }

    @Transactional
    Page<TenantView> list(TenantFilter filter, PageQuery query) {
        var rows = tenants.listAfter(filter, query.after(id -> Ids.require(Ids.Kind.TENANT, id)), query.fetchSize());
        return Page.of(rows, query, tenant -> tenant.id, mapper::view, tenants.count(filter));
    }

    @Transactional
    Publication<TenantView> replace(String id, @Nullable String ifMatch, TenantRequest request) {
        return change(findAndLock(id, ifMatch), request);
    }

    @Transactional
    Publication<TenantView> patch(String id, @Nullable String ifMatch, @Nullable JsonNode patch) {
        Tenant tenant = findAndLock(id, ifMatch);
        return change(tenant, patcher.apply(mapper.request(tenant), patch, TenantRequest.class));
    }

    /** What of a tenant's settings its own row has. */
    @Transactional(TxType.MANDATORY)
    public Optional<TenantPolicy> policy(String id) {
        return tenants.findTenant(id).map(mapper::policy);
    }

    /**
     * Changes a tenant's settings, with its row locked; {@link TenantChanged} is not fired, because whoever calls this changes more.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 404, 412, or 400 naming {@code retention_days}
     */
    @Transactional(TxType.MANDATORY)
    public Publication<TenantView> changePolicy(String id, @Nullable String ifMatch, TenantPolicy policy) {
        Tenant tenant = findAndLock(id, ifMatch);
        requireKept(policy.retentionDays());
        tenant.payloadFormat =
                policy.payloadFormat() == null ? null : policy.payloadFormat().wireName();
        tenant.retentionDays = policy.retentionDays();
        tenant.allowedCidrs = policy.allowedCidrs();
        tenant.version++;
        tenant.updatedAt = MicroClock.now();
        return publish(tenant);
    }

    /** Deletes a tenant with all it has and returns the tombstone's place in the outbox. */
    @Transactional
    long delete(String id, @Nullable String ifMatch) {
        if (id.equals(PLATFORM)) {
            throw Problems.conflict("The platform's own tenant cannot be deleted.");
        }
        Tenant tenant = findAndLock(id, ifMatch);
        deletions.fire(new TenantDeleted(id));
        tenants.delete(tenant);
        return publisher.retractTenant(id);
    }

    /**
     * The tenant, locked until the transaction's end: it cannot be deleted meanwhile, and what is counted of it stays true.
     * Empty if there is none, or it is not this transaction's to see.
     */
    @Transactional(TxType.MANDATORY)
    public Optional<TenantView> lock(String id) {
        return tenants.findAndLock(id).map(mapper::view);
    }

    private Tenant findAndLock(String id, @Nullable String ifMatch) {
        Tenant tenant = tenants.findAndLock(id).orElseThrow(() -> Problems.notFound("tenant", id));
        EntityTags.requireMatch(ifMatch, tenant.version);
        return tenant;
    }

    private Publication<TenantView> change(Tenant tenant, TenantRequest request) {
        if (tenant.id.equals(PLATFORM) && Boolean.FALSE.equals(request.isActive())) {
            throw Problems.conflict("is_active", "The platform's own tenant cannot be suspended.");
        }
        String formerFormat = tenant.payloadFormat;
        apply(request, tenant);
        Publication<TenantView> changed = publish(tenant);
        if (!Objects.equals(formerFormat, tenant.payloadFormat)) {
            changes.fire(new TenantChanged(tenant.id));
        }
        return changed;
    }

    private void apply(TenantRequest request, Tenant tenant) {
        if (request.payloadFormat() == PayloadFormat.TEMPLATE) {
            throw Problems.badField(
                    "payload_format",
                    "Must be standard, classic, cloudevents or raw; a template is one webhook's own.");
        }
        requireKept(request.retentionDays());
        tenant.retentionDays = request.retentionDays();
        tenant.name = request.name();
        tenant.payloadFormat =
                request.payloadFormat() == null ? null : request.payloadFormat().wireName();
        tenant.isActive = !Boolean.FALSE.equals(request.isActive());
        tenant.version++;
        tenant.updatedAt = MicroClock.now();
    }

    private void requireKept(@Nullable Integer retentionDays) {
        if (retentionDays != null && retentionDays > config.maxRetentionDays()) {
            throw Problems.badField(
                    "retention_days",
                    "Must be at most %d: the platform keeps no more.".formatted(config.maxRetentionDays()));
        }
    }

    private Publication<TenantView> publish(Tenant tenant) {
        long outboxId = publisher.publish(mapper.topicRecord(tenant));
        return new Publication<>(mapper.view(tenant), outboxId);
    }
}
