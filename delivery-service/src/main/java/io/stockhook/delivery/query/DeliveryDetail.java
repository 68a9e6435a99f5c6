package io.stockhook.delivery.query;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A delivery with everything the log has of it. */
@Schema(name = "DeliveryDetail", description = "A delivery with its attempts and the event's data.")
public record DeliveryDetail(
        @JsonUnwrapped DeliveryView delivery,

        @Schema(description = "Its attempts over all runs, the earliest first.")
        List<AttemptView> attempts,

        @Schema(
                type = SchemaType.OBJECT,
                description = "The event's data as published; null if the log does not have it.",
                example = "{\"product_id\":\"prd_0198c5e27b0a7c3f9d2ab41c6f7e8d94\"}")
        @JsonRawValue
        @Nullable
        String payload) {}
