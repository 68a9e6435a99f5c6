package io.stockhook.delivery.stream;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DeleteRecordsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Looks at where the groups are: how far behind, and what lies behind them and can be purged. Thread-safe. */
public final class GroupOffsets {

    private static final Logger LOG = Logger.getLogger(GroupOffsets.class);
    private static final int TIMEOUT_MS = 5_000;

    private final Admin admin;
    private final Map<String, Long> lags = new ConcurrentHashMap<>();

    /** @param admin is used and not closed */
    public GroupOffsets(Admin admin) {
        this.admin = admin;
    }

    /** How many records the group had not committed when it was last looked at; 0 before that. */
    public long lag(String group) {
        return lags.getOrDefault(group, 0L);
    }

    /**
     * Measures how far behind a group is. What the broker does not answer stays as it was.
     */
    public void measure(String group) throws InterruptedException {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = committed(group);
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            committed.keySet().forEach(partition -> ends.put(partition, OffsetSpec.latest()));
            long lag = 0;
            for (var end : admin.listOffsets(ends).all().get().entrySet()) {
                OffsetAndMetadata at = committed.get(end.getKey());
                lag += at == null ? 0 : Math.max(0, end.getValue().offset() - at.offset());
            }
            lags.put(group, lag);
        } catch (ExecutionException e) {
            LOG.debugf("lag of %s not measured: %s", group, e.getMessage());
        }
    }

    /**
     * Deletes what a group has done from topics that nobody else reads. Work in progress has no retention by age, so this is what keeps
     * its topics small.
     */
    public void purge(String group, Collection<String> topics) throws InterruptedException {
        try {
            Map<TopicPartition, RecordsToDelete> done = new HashMap<>();
            committed(group).forEach((partition, offset) -> {
                if (topics.contains(partition.topic()) && offset.offset() > 0) {
                    done.put(partition, RecordsToDelete.beforeOffset(offset.offset()));
                }
            });
            if (!done.isEmpty()) {
                admin.deleteRecords(done, new DeleteRecordsOptions().timeoutMs(TIMEOUT_MS))
                        .all()
                        .get();
            }
        } catch (ExecutionException e) {
            LOG.debugf("behind %s nothing was purged: %s", group, e.getMessage());
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(String group)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        admin.listConsumerGroupOffsets(group, new ListConsumerGroupOffsetsOptions().timeoutMs(TIMEOUT_MS))
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        committed.put(partition, offset);
                    }
                });
        return committed;
    }
}
