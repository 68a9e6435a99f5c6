package io.stockhook.delivery.dispatch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The outgoing side. */
@ConfigMapping(prefix = "stockhook.dispatch")
public interface DispatchConfig {

    /** How many attempts this instance has under way at once, over all endpoints. */
    @WithDefault("2000")
    int maxInFlight();

    /** How many event loops share the endpoints; 0 for one per processor. */
    @WithDefault("0")
    int eventLoops();

    /** How long a connection may take to be made. It counts towards the endpoint's timeout as well. */
    @WithDefault("5s")
    Duration connectTimeout();

    /** For how long an idle connection is kept for the next attempt. */
    @WithDefault("30s")
    Duration keepAlive();

    /** How many bytes of a response's body are read before the connection is closed. */
    @WithDefault("65536")
    int maxResponseBytes();

    /** How many bytes of a response's body are recorded; in debug mode it is 64 KiB. */
    @WithDefault("1024")
    int recordedResponseBytes();
}
