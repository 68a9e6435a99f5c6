package io.stockhook.delivery.wheel;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** The delay wheel. */
@ConfigMapping(prefix = "stockhook.wheel")
public interface WheelConfig {

    /** The delays of the tiers. One that is taken out has to be empty before. */
    @WithDefault("1s,5s,15s,1m,5m,15m,1h,4h,12h")
    List<Duration> ladder();

    /** How often what is done is deleted from the tasks topic and the tiers. */
    @WithDefault("30s")
    Duration purgeInterval();
}
