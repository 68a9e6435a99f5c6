package io.stockhook.subscription.eventtype.catalog;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where event types of the platform come from beside those that it has by itself. */
@ConfigMapping(prefix = "stockhook.event-type-catalog")
public interface CatalogConfig {

    /** A directory of further data files, {@code *.yaml}, in the form of {@code docs/event-types.md}; none by default. */
    Optional<Path> directory();
}
