package io.stockhook.subscription.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;

/** Examples that have what events of the well-known types have in common, by what comes before the first dot. */
@ApplicationScoped
class CommonSamples implements SamplePayloads {

    @Override
    public JsonNode of(String tenantId, String event) {
        ObjectNode sample = JsonNodeFactory.instance.objectNode();
        switch (event.substring(0, event.indexOf('.'))) {
            case "product", "catalog" ->
                sample.put("product_id", "prd_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f")
                        .put("sku", "SHIRT-1")
                        .put("name", "Shirt")
                        .put("price", new BigDecimal("19.90"))
                        .put("currency", "EUR")
                        .put("quantity", 5);
            case "inventory" ->
                sample.put("product_id", "prd_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f")
                        .put("product_name", "Shirt")
                        .put("current_stock", 3)
                        .put("threshold", 5);
            case "order" -> {
                sample.put("order_id", "ORD-123")
                        .put("status", "confirmed")
                        .put("amount", new BigDecimal("150.00"))
                        .put("currency", "EUR");
                sample.putObject("customer").put("name", "Ada Lovelace").put("email", "ada@example.com");
            }
            case "user", "customer" ->
                sample.put("user_id", "U-1")
                        .put("email", "ada@example.com")
                        .put("first_name", "Ada")
                        .put("last_name", "Lovelace");
            default -> sample.put("message", "An example of " + event + ".");
        }
        return sample;
    }
}
