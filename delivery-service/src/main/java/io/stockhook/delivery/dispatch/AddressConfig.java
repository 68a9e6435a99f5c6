package io.stockhook.delivery.dispatch;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Which addresses deliveries may go to beyond the public ones. */
@ConfigMapping(prefix = "stockhook.address")
public interface AddressConfig {

    /**
     * CIDR ranges that are allowed although they are not public, over plain http as well and on any port. For endpoints in one's own
     * network; never for a platform with tenants that are strangers.
     */
    Optional<List<String>> allowedRanges();
}
