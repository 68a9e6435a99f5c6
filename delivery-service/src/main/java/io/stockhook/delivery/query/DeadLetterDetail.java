package io.stockhook.delivery.query;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A dead letter with its history and its payload. */
@Schema(name = "DeadLetterDetail", description = "A dead letter with its delivery's attempts and the event's data.")
public record DeadLetterDetail(
        @JsonUnwrapped DeadLetterView deadLetter,

        @Schema(description = "The delivery's attempts over all runs, the earliest first.")
        List<AttemptView> attempts,

        @Schema(
                type = SchemaType.OBJECT,
                description = "The event's data as published.",
                example = "{\"product_id\":\"prd_0198c5e27b0a7c3f9d2ab41c6f7e8d94\"}")
        @JsonRawValue
        String payload) {}
