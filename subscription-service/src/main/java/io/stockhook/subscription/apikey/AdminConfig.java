package io.stockhook.subscription.apikey;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The platform's first admin, without whom nobody could make a key. */
@ConfigMapping(prefix = "stockhook.admin")
public interface AdminConfig {

    /**
     * SHA-256 of the platform admin's API key, as 64 lower-case hex digits. Written and published at every start, in place of
     * the one before it; none is left as it is where this is empty.
     */
    Optional<String> keyHash();
}
