package io.stockhook.receiver.mock;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;

/** Mock endpoints. */
@ConfigMapping(prefix = "stockhook.mock")
public interface MockConfig {

    /** The public origin under which this service is reached, and with it the mock endpoints. */
    @WithDefault("http://localhost:8080")
    URI baseUrl();

    /** How many requests are kept for each mock endpoint; older ones are dropped. */
    @WithDefault("1000")
    int maxRequests();

    /** How much of recorded bodies a page of the list shows, give or take one request; it ends early past it. */
    @WithDefault("4M")
    MemorySize pageSize();
}
