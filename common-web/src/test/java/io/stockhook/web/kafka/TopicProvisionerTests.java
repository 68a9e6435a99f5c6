package io.stockhook.web.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stockhook.events.TopicProvisioner;
import io.stockhook.events.Topics;
import io.stockhook.platform.testing.TestPlatform;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

class TopicProvisionerTests {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final Map<String, Object> settings = Map.of("bootstrap.servers", TestPlatform.bootstrapServers());
    private final String topic = "provisioned." + UUID.randomUUID();

    @Test
    void topicOfAnEarlierVersionIsGivenTheSettingsThatItLacks() throws Exception {
        // Given
        ensure(Map.of("max.message.bytes", "1000"));

        // When
        ensure(Map.of("max.message.bytes", "1000", "message.timestamp.type", "LogAppendTime"));

        // Then
        assertThat(present().get("message.timestamp.type").value()).isEqualTo("LogAppendTime");
    }

    @Test
    void settingThatSomebodyMadeStays() throws Exception {
        // Given
        ensure(Map.of("max.message.bytes", "2000"));
        present();

        // When
        ensure(Map.of("max.message.bytes", "1000"));

        // Then
        assertThat(present().get("max.message.bytes").value()).isEqualTo("2000");
    }

    @Test
    void eventsAreStampedByTheBrokerSinceFanOutComparesTheStampWithItsOwnClock() throws Exception {
        // When
        TopicProvisioner.ensure(settings, List.of(Topics.events(topic)));

        // Then
        assertThat(present().get("message.timestamp.type").value()).isEqualTo("LogAppendTime");
    }

    private void ensure(Map<String, String> topicSettings) {
        TopicProvisioner.ensure(settings, List.of(new Topics.Definition(topic, 1, topicSettings)));
    }

    /** The settings of the topic, once the broker that was told of it knows it. */
    private Config present() {
        return await().atMost(SOON).ignoreExceptions().until(this::describe, Objects::nonNull);
    }

    private Config describe() throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(settings)) {
            return admin.describeConfigs(List.of(resource))
                    .values()
                    .values()
                    .iterator()
                    .next()
                    .get();
        }
    }
}
