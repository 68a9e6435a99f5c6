package io.stockhook.web.kafka;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/**
 * What every Kafka client of this service begins with: the configuration's properties under {@code kafka.}, that prefix cut
 * off. {@code kafka.bootstrap.servers} at least; security and TLS settings where the broker asks for them.
 */
@Singleton
public class KafkaClientSettings {

    private static final String PREFIX = "kafka.";

    private final Map<String, Object> settings;

    KafkaClientSettings(Config config) {
        var found = new HashMap<String, Object>();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                config.getOptionalValue(name, String.class)
                        .ifPresent(value -> found.put(name.substring(PREFIX.length()), value));
            }
        }
        this.settings = Map.copyOf(found);
    }

    /** The settings, not to be changed. */
    public Map<String, Object> asMap() {
        return settings;
    }
}
