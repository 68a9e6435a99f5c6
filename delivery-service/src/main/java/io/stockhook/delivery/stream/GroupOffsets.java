package io.stockhook.delivery.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DeleteRecordsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.jboss.logging.Logger;

/** Looks at where the groups are: how far behind, and what lies behind them and can be purged. Thread-safe. */
public final class GroupOffsets {

    private static final Logger LOG = Logger.getLogger(GroupOffsets.class);
    private static final int TIMEOUT_MS = (int) Duration.ofSeconds(5).toMillis();

    private final Admin admin;
    private final Map<String, Long> lags = new ConcurrentHashMap<>();
    /** What did not work the last time, so that it is complained of once. */
    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    /** @param admin is used and not closed */
    public GroupOffsets(Admin admin) {
        this.admin = admin;
    }

    /** How many records the group had not committed when it was last looked at; 0 before that. */
    public long lag(String group) {
        return lags.getOrDefault(group, 0L);
    }

    /**
     * Measures how far behind a group is. All of a partition counts of which the group has committed nothing. What the broker does not
     * answer stays as it was.
     *
     * @param topics what the group reads
     */
    public void measure(String group, Collection<String> topics) throws InterruptedException {
        String what = "the lag of " + group;
        try {
            Map<TopicPartition, Long> done = new HashMap<>();
            committed(group).forEach((partition, at) -> done.put(partition, at.offset()));
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            Map<TopicPartition, OffsetSpec> beginnings = new HashMap<>();
            for (TopicPartition partition : partitions(topics)) {
                ends.put(partition, OffsetSpec.latest());
                if (!done.containsKey(partition)) {
                    beginnings.put(partition, OffsetSpec.earliest());
                }
            }
            done.putAll(offsets(beginnings));
            long lag = 0;
            for (var end : offsets(ends).entrySet()) {
                lag += Math.max(0, end.getValue() - done.getOrDefault(end.getKey(), end.getValue()));
            }
            lags.put(group, lag);
            failing.remove(what);
        } catch (ExecutionException e) {
            complain(what, e);
        }
    }

    /**
     * Deletes what a group has done from topics that nobody else reads. Work in progress has no retention by age, so this is what keeps
     * its topics small.
     */
    public void purge(String group, Collection<String> topics) throws InterruptedException {
        String what = "purging behind " + group;
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
            failing.remove(what);
        } catch (ExecutionException e) {
            complain(what, e);
        }
    }

    private void complain(String what, ExecutionException e) {
        if (failing.add(what)) {
            LOG.warnf("%s does not work and is tried on: %s", what, e.getCause());
        }
    }

    private Collection<TopicPartition> partitions(Collection<String> topics)
            throws InterruptedException, ExecutionException {
        Collection<TopicPartition> partitions = new ArrayList<>();
        for (var topic : admin.describeTopics(topics).allTopicNames().get().values()) {
            for (TopicPartitionInfo partition : topic.partitions()) {
                partitions.add(new TopicPartition(topic.name(), partition.partition()));
            }
        }
        return partitions;
    }

    private Map<TopicPartition, Long> offsets(Map<TopicPartition, OffsetSpec> of)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.listOffsets(of).all().get().forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
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
