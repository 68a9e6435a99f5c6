package io.stockhook.events;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Creates the topics that a service needs and gives existing ones the settings that they lack. */
public final class TopicProvisioner {

    private static final Logger LOG = Logger.getLogger(TopicProvisioner.class);

    private TopicProvisioner() {}

    /**
     * Creates what is missing, with the broker's default replication factor; returns once all exist. A topic that exists is given those
     * of the settings that were never set on it, as when an earlier version of the platform created it. One that is set otherwise
     * stays so, with a warning: somebody wanted it.
     *
     * @param clientSettings at least {@code bootstrap.servers}
     * @throws KafkaException if a topic can neither be found nor created
     */
    public static void ensure(Map<String, Object> clientSettings, Collection<Topics.Definition> definitions) {
        try (Admin admin = Admin.create(clientSettings)) {
            complete(admin, create(admin, definitions));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while creating topics", e);
        }
    }

    /** Those that exist already. */
    private static List<Topics.Definition> create(Admin admin, Collection<Topics.Definition> definitions)
            throws InterruptedException {
        var topics = definitions.stream()
                .map(topic -> new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
                        .configs(topic.settings()))
                .toList();
        Set<String> existing = new HashSet<>();
        for (var creation : admin.createTopics(topics).values().entrySet()) {
            try {
                creation.getValue().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw new KafkaException("topic '" + creation.getKey() + "' cannot be created", e.getCause());
                }
                existing.add(creation.getKey());
            }
        }
        return definitions.stream()
                .filter(topic -> existing.contains(topic.name()))
                .toList();
    }

    private static void complete(Admin admin, List<Topics.Definition> existing) throws InterruptedException {
        try {
            Map<ConfigResource, KafkaFuture<Config>> present = admin.describeConfigs(
                            existing.stream().map(TopicProvisioner::resource).toList())
                    .values();
            Map<ConfigResource, Collection<AlterConfigOp>> additions = new HashMap<>();
            for (Topics.Definition topic : existing) {
                KafkaFuture<Config> config = present.get(resource(topic));
                List<AlterConfigOp> lacking = config == null ? List.of() : lacking(topic, config);
                if (!lacking.isEmpty()) {
                    additions.put(resource(topic), lacking);
                }
            }
            if (!additions.isEmpty()) {
                admin.incrementalAlterConfigs(additions).all().get();
                LOG.infof("topics were given settings that they lacked: %s", additions);
            }
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof AuthorizationException)) {
                throw new KafkaException("the settings of the topics cannot be completed", e.getCause());
            }
            LOG.warnf("whether the topics have the settings they need is not known: %s", e.getMessage());
        }
    }

    private static List<AlterConfigOp> lacking(Topics.Definition topic, KafkaFuture<Config> answer)
            throws ExecutionException, InterruptedException {
        Config present;
        try {
            present = answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return List.of(); // another service has created it this very moment, and with these settings
            }
            throw e;
        }
        List<AlterConfigOp> lacking = new ArrayList<>();
        topic.settings().forEach((name, value) -> {
            String own = ownValue(present.get(name));
            if (own == null) {
                lacking.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET));
            } else if (!own.equals(value)) {
                LOG.warnf(
                        "a topic is not as it would be created: topic=%s setting=%s is=%s would_be=%s",
                        topic.name(), name, own, value);
            }
        });
        return lacking;
    }

    private static ConfigResource resource(Topics.Definition topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    }

    /** What was set on the topic itself; null if the broker's default applies. */
    private static @Nullable String ownValue(@Nullable ConfigEntry entry) {
        return entry == null || entry.source() != ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG ? null : entry.value();
    }
}
