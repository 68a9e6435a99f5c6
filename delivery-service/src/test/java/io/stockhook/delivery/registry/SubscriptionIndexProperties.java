package io.stockhook.delivery.registry;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.events.EventTypeNames;
import io.stockhook.events.EventTypes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class SubscriptionIndexProperties {

    private static final List<String> TYPES = List.of(
            "product.created",
            "product.updated",
            "product.out_of_stock",
            "product.price.changed",
            "catalog.product.created",
            "inventory.out_of_stock",
            "products.created",
            "order.paid");

    private static final EventTypeNames NAMES = EventTypeNames.of(Map.of(
            "product.created", List.of("catalog.product.created"),
            "product.updated", List.of("catalog.product.updated"),
            "product.out_of_stock", List.of("inventory.out_of_stock")));

    private record Change(String id, Set<String> patterns, boolean isRemoval) {}

    @Property(tries = 1000)
    void findsWhatAComparisonWithEveryPatternFinds(@ForAll("changes") List<Change> changes) {
        // Given
        SubscriptionIndex index = new SubscriptionIndex();
        Map<String, Endpoint> endpoints = new HashMap<>();

        // When
        for (Change change : changes) {
            Endpoint former = endpoints.remove(change.id());
            if (former != null) {
                index.remove(former);
            }
            if (!change.isRemoval()) {
                Endpoint endpoint = new Endpoint(Registrations.active(
                        change.id(), "ten_1", change.patterns().toArray(String[]::new)));
                endpoints.put(change.id(), endpoint);
                index.add(endpoint);
            }
        }

        // Then
        for (String type : TYPES) {
            Map<String, String> expected = new HashMap<>();
            endpoints.forEach((id, endpoint) -> {
                String spelling = spelling(type, endpoint.registration().events());
                if (spelling != null) {
                    expected.put(id, spelling);
                }
            });
            assertThat(index.match(NAMES.spellings(type)).stream()
                            .collect(toMap(match -> match.endpoint().id(), Match::subscribedAs)))
                    .as(type)
                    .isEqualTo(expected);
        }
        assertThat(index.isEmpty()).isEqualTo(endpoints.isEmpty());
    }

    /** The spelling that the endpoint asked for: its own if it named one, the canonical one if it asked for everything. */
    private static @Nullable String spelling(String type, List<String> patterns) {
        for (String spelling : NAMES.spellings(type)) {
            if (patterns.stream()
                    .anyMatch(pattern -> !pattern.equals(EventTypes.ANY) && EventTypes.covers(pattern, spelling))) {
                return spelling;
            }
        }
        return patterns.contains(EventTypes.ANY) ? type : null;
    }

    @Provide
    Arbitrary<List<Change>> changes() {
        Arbitrary<String> patterns = Arbitraries.of(
                "*",
                "product.*",
                "product.price.*",
                "catalog.*",
                "catalog.product.*",
                "inventory.*",
                "product.created",
                "catalog.product.created",
                "inventory.out_of_stock",
                "product.out_of_stock",
                "order.paid");
        return Combinators.combine(
                        Arbitraries.of("wh_1", "wh_2", "wh_3", "wh_4"),
                        patterns.set().ofMinSize(1).ofMaxSize(4),
                        Arbitraries.of(true, false, false))
                .as(Change::new)
                .list()
                .ofMaxSize(12);
    }
}
