package io.stockhook.delivery.admission;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.stockhook.events.EndpointRegistration;
import java.time.Duration;

/** When the circuit of an endpoint opens that says nothing of its own about it. */
@ConfigMapping(prefix = "stockhook.breaker")
public interface BreakerConfig {

    /** Whether circuits open at all, unless an endpoint says so itself. */
    @WithDefault("true")
    boolean enabled();

    /** The share of failed attempts within the window from which on a circuit opens, above 0 and at most 1. */
    @WithDefault("0.5")
    double failureRate();

    /** How many attempts the share is taken of at least. */
    @WithDefault("20")
    int minimumAttempts();

    /** How far back attempts count, in whole seconds. */
    @WithDefault("60s")
    Duration window();

    /** How long a circuit stays open before it lets probes through. */
    @WithDefault("30s")
    Duration openFor();

    /** For how long a task may wait for a circuit to close before it is given up. */
    @WithDefault("24h")
    Duration giveUpAfter();

    /** The same as an endpoint would say it. */
    default EndpointRegistration.Breaker settings() {
        return new EndpointRegistration.Breaker(
                enabled(),
                failureRate(),
                minimumAttempts(),
                window().toMillis(),
                openFor().toMillis());
    }
}
