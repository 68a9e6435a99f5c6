package io.stockhook.subscription.eventtype.activity;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.stockhook.events.EventTypes;
import io.stockhook.subscription.eventtype.catalog.Catalog;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Follows the event topics for when each type was there last. Only headers are looked at. What a crash loses is a few seconds of it, and the
 * next event of the type makes up for that; a record that is no event is passed over, since fan-out sets it aside.
 */
@ApplicationScoped
public class EventActivity {

    static final String CHANNEL = "event-activity";
    /** Counter {@value}: events that were passed over, because too many types were held. */
    static final String PASSED_OVER = "stockhook.event.activity.passed.over";

    private static final Logger LOG = Logger.getLogger(EventActivity.class);
    private static final String TYPE = "ce_type";
    private static final String TENANT = "ce_tenantid";

    private final Catalog catalog;
    private final ActivityTable table;
    private final ActivityConfig config;
    private final RecentActivity recent;
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor(runnable -> {
        Thread thread = new Thread(runnable, "event-activity");
        thread.setDaemon(true);
        return thread;
    });

    EventActivity(Catalog catalog, ActivityTable table, ActivityConfig config, MeterRegistry meters) {
        this.catalog = catalog;
        this.table = table;
        this.config = config;
        this.recent = new RecentActivity(config.maxPending());
        FunctionCounter.builder(PASSED_OVER, recent, RecentActivity::passedOver)
                .description("Events that were passed over when noting which types were there, for want of room")
                .register(meters);
    }

    @Incoming(CHANNEL)
    @Blocking
    void take(ConsumerRecords<byte[], byte[]> batch) {
        for (ConsumerRecord<byte[], byte[]> source : batch) {
            String type = text(source, TYPE);
            String tenant = text(source, TENANT);
            if (type != null && tenant != null && EventTypes.isName(type)) {
                recent.note(tenant, catalog.names().canonical(type), source.timestamp());
            }
        }
    }

    void start(@Observes StartupEvent event) {
        long interval = config.interval().toMillis();
        writer.scheduleWithFixedDelay(this::write, interval, interval, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        writer.shutdownNow();
    }

    private void write() {
        Map<RecentActivity.Key, Long> latest = recent.take();
        if (latest.isEmpty()) {
            return;
        }
        try {
            TenantScope.asSystem(() -> table.write(latest));
        } catch (RuntimeException e) {
            LOG.warnf("event activity not written, tried again in %s: %s", config.interval(), e);
            latest.forEach((key, at) -> recent.note(key.tenantId(), key.type(), at));
        }
    }

    private static @Nullable String text(ConsumerRecord<byte[], byte[]> source, String name) {
        Header header = source.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
