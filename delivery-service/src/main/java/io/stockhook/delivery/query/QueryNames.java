package io.stockhook.delivery.query;

import io.stockhook.web.problem.FieldError;
import io.stockhook.web.problem.Problems;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;

/** Refuses query parameters that a list does not have: a filter that is misspelt would otherwise show everything. */
final class QueryNames {

    private static final Set<String> PAGING = Set.of("limit", "cursor", "offset");

    private QueryNames() {}

    /** @throws io.quarkiverse.resteasy.problem.HttpProblem 400 naming each parameter that is unknown */
    static void require(UriInfo uri, List<String> known) {
        List<FieldError> unknown = uri.getQueryParameters().keySet().stream()
                .filter(name -> !known.contains(name) && !PAGING.contains(name))
                .sorted()
                .map(name -> new FieldError(
                        name,
                        "There is no such parameter; there are %s, limit and cursor."
                                .formatted(String.join(", ", known))))
                .toList();
        if (!unknown.isEmpty()) {
            throw Problems.badFields(unknown);
        }
    }
}
