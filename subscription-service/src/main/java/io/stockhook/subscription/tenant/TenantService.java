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
    private final TenantConfig config;

    TenantService(
            TenantRepository tenants,
            TenantMapper mapper,
            ControlPlanePublisher publisher,
            MergePatcher patcher,
            Event<TenantDeleted> deletions,
            TenantConfig config) {
        this.tenants = tenants;
        this.mapper = mapper;
        this.publisher = publisher;
        this.patcher = patcher;
        this.deletions = deletions;
        this.config = config;
    }

    @Transactional
    Publication<TenantView> create(TenantRequest request) {
        var tenant = new Tenant();
        tenant.id = Ids.next(Ids.Kind.TENANT);
        tenant.createdAt = MicroClock.now();
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
    Page<TenantView> list(PageQuery query) {
        var rows = tenants.listAfter(query.after(id -> Ids.require(Ids.Kind.TENANT, id)), query.fetchSize());
        return Page.of(rows, query, tenant -> tenant.id, mapper::view, tenants.count());
    }

    @Transactional
    Publication<TenantView> replace(String id, @Nullable String ifMatch, TenantRequest request) {
        Tenant tenant = findAndLock(id, ifMatch);
        apply(request, tenant);
        return publish(tenant);
    }

    @Transactional
    Publication<TenantView> patch(String id, @Nullable String ifMatch, @Nullable JsonNode patch) {
        Tenant tenant = findAndLock(id, ifMatch);
        apply(patcher.apply(mapper.request(tenant), patch, TenantRequest.class), tenant);
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

    private void apply(TenantRequest request, Tenant tenant) {
        if (request.effectivePayloadFormat() == PayloadFormat.TEMPLATE) {
            throw Problems.badField(
                    "payload_format",
                    "Must be standard, classic, cloudevents or raw; a template is one webhook's own.");
        }
        Integer retention = request.retentionDays();
        if (retention != null && retention > config.maxRetentionDays()) {
            throw Problems.badField(
                    "retention_days",
                    "Must be at most %d: the platform keeps no more.".formatted(config.maxRetentionDays()));
        }
        tenant.retentionDays = retention;
        tenant.name = request.name();
        tenant.payloadFormat = request.effectivePayloadFormat().wireName();
        tenant.version++;
        tenant.updatedAt = MicroClock.now();
    }

    private Publication<TenantView> publish(Tenant tenant) {
        long outboxId = publisher.publish(mapper.topicRecord(tenant));
        return new Publication<>(mapper.view(tenant), outboxId);
    }
}
