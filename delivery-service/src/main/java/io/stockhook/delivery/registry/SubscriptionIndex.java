package io.stockhook.delivery.registry;

import io.stockhook.events.EventTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the endpoints of one tenant that subscribed to a type, in as many look-ups as the type has segments, however many endpoints
 * there are. Not thread-safe.
 */
final class SubscriptionIndex {

    private static final String BELOW = ".*";

    private final Map<String, Map<String, Endpoint>> byPattern = new HashMap<>();

    void add(Endpoint endpoint) {
        for (String pattern : endpoint.registration().events()) {
            byPattern.computeIfAbsent(pattern, unused -> new HashMap<>()).put(endpoint.id(), endpoint);
        }
    }

    void remove(Endpoint endpoint) {
        for (String pattern : endpoint.registration().events()) {
            byPattern.computeIfPresent(pattern, (unused, endpoints) -> {
                endpoints.remove(endpoint.id());
                return endpoints.isEmpty() ? null : endpoints;
            });
        }
    }

    boolean isEmpty() {
        return byPattern.isEmpty();
    }

    /**
     * Each endpoint once, under the canonical spelling if that is among those it asked for.
     *
     * @param spellings of a type, the canonical one first
     */
    List<Match> match(List<String> spellings) {
        Map<String, Match> matches = new LinkedHashMap<>();
        for (String spelling : spellings) {
            collect(spelling, spelling, matches);
            for (int dot = spelling.lastIndexOf('.'); dot > 0; dot = spelling.lastIndexOf('.', dot - 1)) {
                collect(spelling.substring(0, dot) + BELOW, spelling, matches);
            }
        }
        collect(EventTypes.ANY, spellings.get(0), matches);
        return matches.isEmpty() ? List.of() : new ArrayList<>(matches.values());
    }

    private void collect(String pattern, String subscribedAs, Map<String, Match> into) {
        Map<String, Endpoint> endpoints = byPattern.get(pattern);
        if (endpoints != null) {
            endpoints.forEach((id, endpoint) -> into.putIfAbsent(id, new Match(endpoint, subscribedAs)));
        }
    }
}
