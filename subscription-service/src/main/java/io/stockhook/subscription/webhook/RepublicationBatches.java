package io.stockhook.subscription.webhook;

import io.stockhook.subscription.publication.ControlPlanePublisher;
import io.stockhook.subscription.publication.Publication;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One transaction's part of a {@link Republication}. */
@ApplicationScoped
class RepublicationBatches {

    private static final String NONE_YET = "";
    private static final String WHOLE_TENANT = "";

    private final WebhookRepository webhooks;
    private final WebhookMapper mapper;
    private final WebhookInheritance inheritance;
    private final ControlPlanePublisher publisher;
    private final EntityManager entities;
    private final WebhookConfig config;

    RepublicationBatches(
            WebhookRepository webhooks,
            WebhookMapper mapper,
            WebhookInheritance inheritance,
            ControlPlanePublisher publisher,
            EntityManager entities,
            WebhookConfig config) {
        this.webhooks = webhooks;
        this.mapper = mapper;
        this.inheritance = inheritance;
        this.publisher = publisher;
        this.entities = entities;
        this.config = config;
    }

    /** What is to be published anew, and what of it is done. */
    private record Work(String tenantId, String subscriberId, String lastId) {

        static Work of(Object[] row) {
            return new Work((String) row[0], (String) row[1], (String) row[2]);
        }

        @Nullable
        String heirsOf() {
            return subscriberId.equals(WHOLE_TENANT) ? null : subscriberId;
        }
    }

    @Transactional(TxType.MANDATORY)
    long begin(String tenantId, @Nullable String subscriberId) {
        if (webhooks.countOfHeirs(tenantId, subscriberId) <= config.republishAtOnce()) {
            return publish(
                            tenantId,
                            webhooks.listAndLockHeirs(tenantId, subscriberId, NONE_YET, config.republishAtOnce()))
                    .orElse(Publication.NOTHING);
        }
        // What is under way begins anew: its webhooks up to here have what was inherited before.
        entities.createNativeQuery("""
                        insert into republication (tenant_id, subscriber_id, last_id, touched_at)
                        values (?1, ?2, ?3, now())
                        on conflict (tenant_id, subscriber_id) do update set last_id = excluded.last_id""")
                .setParameter(1, tenantId)
                .setParameter(2, subscriberId == null ? WHOLE_TENANT : subscriberId)
                .setParameter(3, NONE_YET)
                .executeUpdate();
        return Publication.LATER;
    }

    /** Does the next part of what has waited longest, so that a tenant with many webhooks keeps nobody waiting. */
    @Transactional
    void next() {
        @SuppressWarnings("unchecked") // a native query knows no types
        List<Object[]> rows = entities.createNativeQuery("""
                        select tenant_id, subscriber_id, last_id from republication
                        order by touched_at limit 1 for update skip locked""").getResultList();
        rows.stream().map(Work::of).forEach(this::goOn);
    }

    private void goOn(Work work) {
        List<Webhook> batch =
                webhooks.listAndLockHeirs(work.tenantId(), work.heirsOf(), work.lastId(), config.republishBatch());
        publish(work.tenantId(), batch);
        if (batch.size() < config.republishBatch()) {
            entities.createNativeQuery("delete from republication where tenant_id = ?1 and subscriber_id = ?2")
                    .setParameter(1, work.tenantId())
                    .setParameter(2, work.subscriberId())
                    .executeUpdate();
            return;
        }
        entities.createNativeQuery("""
                        update republication set last_id = ?3, touched_at = now()
                        where tenant_id = ?1 and subscriber_id = ?2""")
                .setParameter(1, work.tenantId())
                .setParameter(2, work.subscriberId())
                .setParameter(3, batch.get(batch.size() - 1).id)
                .executeUpdate();
    }

    /** Each with a raised version, since readers ignore one that they have seen; the time of its last change stays. */
    private Optional<Long> publish(String tenantId, List<Webhook> locked) {
        inheritance.prefetch(tenantId, locked);
        Optional<Long> last = Optional.empty();
        for (Webhook webhook : locked) {
            mapper.makeKeyPairIfNeeded(webhook);
            webhook.version++;
            last = Optional.of(publisher.publish(mapper.registration(webhook)));
        }
        return last;
    }
}
