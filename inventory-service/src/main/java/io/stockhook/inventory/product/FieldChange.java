package io.stockhook.inventory.product;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One field of a product that changed.
 *
 * @param field its name in the event's data
 * @param before what it was; null if it had no value
 * @param after what it is; null if it has no value any more
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record FieldChange(
        String field,
        @JsonProperty("old") @Nullable Object before,
        @JsonProperty("new") @Nullable Object after) {}
