package io.stockhook.subscription.publication;

import io.stockhook.events.ApiKeyRecord;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.EventEnvelope;
import io.stockhook.events.EventTypeRecord;
import io.stockhook.events.Json;
import io.stockhook.events.TenantRecord;
import io.stockhook.events.TokenKeyRecord;
import io.stockhook.events.Topics;
import io.stockhook.events.outbox.OutboxRecord;
import io.stockhook.web.outbox.TransactionalOutbox;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/**
 * Puts states and deletions on the compacted topics, and what happens to them on the topic of system events, as part of the transaction that makes them. Each method returns the
 * record's id in the outbox, and wants the row it speaks of locked, because the lock is what orders the records of one key.
 */
@ApplicationScoped
public class ControlPlanePublisher {

    private final TransactionalOutbox outbox;

    ControlPlanePublisher(TransactionalOutbox outbox) {
        this.outbox = outbox;
    }

    /** A tenant as it is now. */
    public long publish(TenantRecord tenant) {
        return state(Topics.TENANTS, TenantRecord.key(tenant.tenantId()), tenant);
    }

    /** The end of a tenant. */
    public long retractTenant(String tenantId) {
        return tombstone(Topics.TENANTS, TenantRecord.key(tenantId));
    }

    /** An API key as it is now. */
    public long publish(ApiKeyRecord key) {
        return state(Topics.TENANTS, ApiKeyRecord.key(key.hash()), key);
    }

    /** The revocation of an API key. */
    public long retractApiKey(String hash) {
        return tombstone(Topics.TENANTS, ApiKeyRecord.key(hash));
    }

    /** The public part of a key that tokens are signed with. */
    public long publish(TokenKeyRecord key) {
        return state(Topics.TENANTS, TokenKeyRecord.key(key.kid()), key);
    }

    /** The end of a key that tokens were signed with. */
    public long retractTokenKey(String kid) {
        return tombstone(Topics.TENANTS, TokenKeyRecord.key(kid));
    }

    /** A webhook as it is now. */
    public long publish(EndpointRegistration endpoint) {
        return state(Topics.ENDPOINTS, endpoint.endpointId(), endpoint);
    }

    /** The deletion of a webhook. */
    public long retractEndpoint(String endpointId) {
        return tombstone(Topics.ENDPOINTS, endpointId);
    }

    /** An event type as it is now. */
    public long publish(EventTypeRecord type) {
        return state(Topics.EVENT_TYPES, EventTypeRecord.key(type.tenantId(), type.name()), type);
    }

    /**
     * The end of an event type.
     *
     * @param tenantId whose it was; null for the platform's
     */
    public long retractEventType(@Nullable String tenantId, String name) {
        return tombstone(Topics.EVENT_TYPES, EventTypeRecord.key(tenantId, name));
    }

    /** Something that happened, for the webhooks of its tenant. */
    public long publish(EventEnvelope event) {
        return outbox.append(OutboxRecord.event(Topics.SYSTEM_EVENTS, event));
    }

    private long state(String topic, String key, Object contractRecord) {
        return outbox.append(OutboxRecord.state(topic, key, Json.write(contractRecord)));
    }

    private long tombstone(String topic, String key) {
        return outbox.append(OutboxRecord.tombstone(topic, key));
    }
}
