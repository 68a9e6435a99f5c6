package io.stockhook.web.kafka;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.stockhook.events.TopicProvisioner;
import io.stockhook.events.Topics;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/** Creates the {@link RequiredTopics} on a thread of its own, so that a service starts while Kafka is away. */
@Singleton
public class TopicsAtStart {

    private static final Logger LOG = Logger.getLogger(TopicsAtStart.class);
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);
    private static final int REQUEST_TIMEOUT_MS = 5_000;

    private final List<Topics.Definition> topics;
    private final Map<String, Object> adminSettings;
    private final Thread thread;
    private final CountDownLatch exist = new CountDownLatch(1);

    TopicsAtStart(Instance<RequiredTopics> required, KafkaClientSettings settings) {
        this.topics = required.stream()
                .flatMap(topics -> topics.definitions().stream())
                .toList();
        this.adminSettings = new HashMap<>(settings.asMap());
        adminSettings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        adminSettings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        this.thread = new Thread(this::ensure, "topics-at-start");
        thread.setDaemon(true);
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        thread.interrupt();
    }

    /** Whether all topics exist. */
    boolean exist() {
        return exist.getCount() == 0;
    }

    /** Waits until all topics exist and tells whether they do. */
    public boolean await(Duration atMost) throws InterruptedException {
        return exist.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void ensure() {
        while (!topics.isEmpty() && !Thread.currentThread().isInterrupted()) {
            try {
                TopicProvisioner.ensure(adminSettings, topics);
                break;
            } catch (KafkaException e) {
                LOG.warnf("topics cannot be created yet, tries again: cause=%s", e.getMessage());
                pause();
            } catch (RuntimeException e) {
                LOG.errorf(e, "topics cannot be created, tries again");
                pause();
            }
        }
        if (!Thread.currentThread().isInterrupted()) {
            exist.countDown();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY_INTERVAL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
