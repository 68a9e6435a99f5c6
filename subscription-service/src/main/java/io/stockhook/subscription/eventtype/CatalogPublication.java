package io.stockhook.subscription.eventtype;

import io.quarkus.runtime.StartupEvent;
import io.stockhook.events.EventTypeRecord;
import io.stockhook.events.Json;
import io.stockhook.events.Sha256;
import io.stockhook.subscription.eventtype.catalog.Catalog;
import io.stockhook.subscription.eventtype.catalog.PlatformType;
import io.stockhook.subscription.publication.ControlPlanePublisher;
import io.stockhook.subscription.publication.PublicationConfig;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jboss.logging.Logger;

/** Tells the other services of the platform's types at a start: those that are new, have changed or are gone since it did last. */
@ApplicationScoped
class CatalogPublication {

    private static final Logger LOG = Logger.getLogger(CatalogPublication.class);

    private final Catalog catalog;
    private final EventTypeMapper mapper;
    private final ControlPlanePublisher publisher;
    private final PublicationConfig publication;
    private final EntityManager entities;

    CatalogPublication(
            Catalog catalog,
            EventTypeMapper mapper,
            ControlPlanePublisher publisher,
            PublicationConfig publication,
            EntityManager entities) {
        this.catalog = catalog;
        this.mapper = mapper;
        this.publisher = publisher;
        this.publication = publication;
        this.entities = entities;
    }

    @Transactional
    void publish() {
        // Two instances that start at once must not both find that nothing is published.
        entities.createNativeQuery("lock table published_event_type in exclusive mode")
                .executeUpdate();
        Map<String, String> published = published();
        int changed = 0;
        for (PlatformType type : catalog.types()) {
            EventTypeRecord topicRecord = mapper.topicRecord(type);
            String digest = digest(topicRecord);
            if (!digest.equals(published.remove(type.name()))) {
                publisher.publish(topicRecord);
                remember(type.name(), digest);
                changed++;
            }
        }
        for (String gone : published.keySet()) {
            publisher.retractEventType(null, gone);
            forget(gone);
        }
        LOG.infof(
                "event types of the platform: count=%d published=%d retracted=%d",
                catalog.types().size(), changed, published.size());
    }

    private Map<String, String> published() {
        Map<String, String> digests = new HashMap<>();
        entities.createNativeQuery("select name, digest from published_event_type", Object[].class)
                .getResultList()
                .forEach(row -> {
                    Object[] columns = (Object[]) row;
                    digests.put((String) columns[0], (String) columns[1]);
                });
        return digests;
    }

    private void remember(String name, String digest) {
        entities.createNativeQuery("insert into published_event_type (name, digest) values (:name, :digest)"
                        + " on conflict (name) do update set digest = excluded.digest")
                .setParameter("name", name)
                .setParameter("digest", digest)
                .executeUpdate();
    }

    private void forget(String name) {
        entities.createNativeQuery("delete from published_event_type where name = :name")
                .setParameter("name", name)
                .executeUpdate();
    }

    /** Another epoch means that the topic may have lost what this database knows of. */
    private String digest(EventTypeRecord topicRecord) {
        var digest = Sha256.digest();
        digest.update(Json.write(topicRecord));
        digest.update(Integer.toString(publication.epoch()).getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Runs it at the start; apart, because a transaction begins where one bean calls another. */
    @ApplicationScoped
    static class AtStart {

        private final CatalogPublication publication;

        AtStart(CatalogPublication publication) {
            this.publication = publication;
        }

        void atStart(@Observes StartupEvent event) {
            TenantScope.asSystem(publication::publish);
        }
    }
}
