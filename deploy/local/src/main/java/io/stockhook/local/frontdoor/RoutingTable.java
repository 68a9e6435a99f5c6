package io.stockhook.local.frontdoor;

import java.util.Map;
import java.util.Optional;

/**
 * Which backend a path belongs to: the one with the longest prefix, counted in whole path segments.
 *
 * @param prefixes absolute paths without a trailing slash
 */
public record RoutingTable(Map<String, Backend> prefixes) {

    public RoutingTable {
        prefixes = Map.copyOf(prefixes);
    }

    /** The backend of this path, given without its query; nothing if it belongs to none. */
    public Optional<Backend> find(String path) {
        String prefix = path;
        while (!prefix.isEmpty()) {
            Backend backend = prefixes.get(prefix);
            if (backend != null) {
                return Optional.of(backend);
            }
            prefix = prefix.substring(0, Math.max(prefix.lastIndexOf('/'), 0));
        }
        return Optional.empty();
    }
}
