package io.stockhook.delivery.record;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.stockhook.events.Ids;
import io.stockhook.events.Json;
import io.stockhook.events.TenantRecord;
import io.stockhook.events.Topics;
import io.stockhook.events.log.CompactedRecord;
import io.stockhook.events.log.CompactedTopicReader;
import io.stockhook.web.kafka.KafkaClientSettings;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The tenants that keep their deliveries for less than the platform does, in memory, from the tenants topic. Thread-safe.
 */
@Singleton
class TenantRetentions implements CompactedTopicReader.Sink {

    private final Map<String, Integer> days = new ConcurrentHashMap<>();
    private final CompactedTopicReader reader;

    TenantRetentions(KafkaClientSettings kafka) {
        this.reader = new CompactedTopicReader(Topics.TENANTS, kafka.asMap(), this);
    }

    void start(@Observes StartupEvent event) {
        reader.start();
    }

    void stop(@Observes ShutdownEvent event) {
        reader.close();
    }

    /** For how many days each of these tenants keeps its deliveries. */
    Map<UUID, Integer> days() {
        return days.entrySet().stream()
                .filter(entry -> Ids.isA(Ids.Kind.TENANT, entry.getKey()))
                .collect(Collectors.toMap(entry -> Ids.uuid(Ids.Kind.TENANT, entry.getKey()), Map.Entry::getValue));
    }

    @Override
    public void apply(CompactedRecord entry) throws IOException {
        if (!TenantRecord.isKey(entry.key())) {
            return;
        }
        String tenantId = TenantRecord.tenantId(entry.key());
        byte[] value = entry.value();
        Integer retention =
                value == null ? null : Json.read(value, TenantRecord.class).retentionDays();
        if (retention == null) {
            days.remove(tenantId);
        } else {
            days.put(tenantId, retention);
        }
    }

    @Override
    public void retainOnly(Set<String> keys) {
        days.keySet().removeIf(tenantId -> !keys.contains(TenantRecord.key(tenantId)));
    }
}
