package io.stockhook.subscription.eventtype;

import io.stockhook.web.problem.FieldError;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a version would do to those who read the one before.
 *
 * @param breaks empty if it is compatible
 * @param version the number that it would have
 */
@Schema(name = "Compatibility", description = "What a version would do to those who read the one before.")
public record CompatibilityView(
        @Schema(description = "Whether it breaks nothing.", examples = "false")
        boolean compatible,

        @Schema(
                description = "What it breaks.",
                examples =
                        "[{\"field\": \"payload_schema.properties.amount.type\", \"message\": \"May be string now, and was"
                                + " number.\"}]")
        List<FieldError> breaks,

        @Schema(description = "The number that it would have.", examples = "2")
        long version) {}
