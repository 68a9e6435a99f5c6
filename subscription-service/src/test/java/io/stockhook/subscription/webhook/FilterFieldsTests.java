package io.stockhook.subscription.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.events.EventData;
import io.stockhook.subscription.webhook.FilterFields.Field;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FilterFieldsTests {

    @Test
    void everyFieldThatAFilterAsksForIsFoundWithItsPlace() throws IOException {
        // When
        var fields = FilterFields.of(EventData.read("""
                {
                  "status": ["a", "b"],
                  "order.total": {"$gte": 1, "$lt": 5},
                  "customer": {"address": {"country": {"$ne": "US"}}, "vip": true},
                  "min_amount": 100,
                  "lines": {"max_price": 5},
                  "min_x": {"$exists": true},
                  "$or": [{"a": 1}, {"$not": {"b": {"$in": [1]}}}]
                }"""));

        // Then
        assertThat(fields)
                .containsExactly(
                        new Field("filters.status", "status", null),
                        new Field("filters.order.total", "order.total", null),
                        new Field("filters.customer.address.country", "customer.address.country", null),
                        new Field("filters.customer.vip", "customer.vip", null),
                        new Field("filters.min_amount", "min_amount", "amount"),
                        new Field("filters.lines.max_price", "lines.max_price", "lines.price"),
                        new Field("filters.min_x", "min_x", null),
                        new Field("filters.$or[0].a", "a", null),
                        new Field("filters.$or[1].$not.b", "b", null));
    }
}
