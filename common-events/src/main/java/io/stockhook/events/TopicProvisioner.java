package io.stockhook.events;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics that a service needs and leaves existing ones as they are. */
public final class TopicProvisioner {

    private TopicProvisioner() {}

    /**
     * Creates what is missing, with the broker's default replication factor; returns once all exist.
     *
     * @param clientSettings at least {@code bootstrap.servers}
     * @throws KafkaException if a topic can neither be found nor created
     */
    public static void ensure(Map<String, Object> clientSettings, Collection<Topics.Definition> definitions) {
        try (Admin admin = Admin.create(clientSettings)) {
            var topics = definitions.stream()
                    .map(topic -> new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
                            .configs(topic.settings()))
                    .toList();
            for (var creation : admin.createTopics(topics).values().entrySet()) {
                try {
                    creation.getValue().get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw new KafkaException("topic '" + creation.getKey() + "' cannot be created", e.getCause());
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while creating topics", e);
        }
    }
}
