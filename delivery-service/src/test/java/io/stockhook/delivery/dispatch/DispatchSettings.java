package io.stockhook.delivery.dispatch;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The settings as shipped, but for those that a test is about. */
final class DispatchSettings {

    private static final int CONVERTER_PRIORITY = 200;
    private static final int SOURCE_ORDINAL = 100;

    private DispatchSettings() {}

    /** @param changed by their names without the prefix */
    static DispatchConfig with(Map<String, String> changed) {
        Map<String, String> properties = new HashMap<>();
        changed.forEach((name, value) -> properties.put("stockhook.dispatch." + name, value));
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, CONVERTER_PRIORITY, new DurationConverter())
                .withSources(new PropertiesConfigSource(properties, "test", SOURCE_ORDINAL))
                .withMapping(DispatchConfig.class)
                .build()
                .getConfigMapping(DispatchConfig.class);
    }
}
