package io.stockhook.subscription.webhook;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Which addresses a webhook's url may have. delivery-service has the same setting and has the last word. */
@ConfigMapping(prefix = "stockhook.address")
public interface AddressConfig {

    /** CIDR ranges that are allowed although they are not public, and for which plain http is allowed; none by default. */
    Optional<List<String>> allowedRanges();
}
