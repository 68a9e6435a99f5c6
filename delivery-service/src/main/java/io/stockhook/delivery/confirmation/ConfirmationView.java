package io.stockhook.delivery.confirmation;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A confirmation that was taken.
 *
 * @param deliveryId the delivery
 * @param run its run
 * @param attempt the attempt that was confirmed
 * @param status as it was given
 */
@Schema(name = "Confirmation", description = "A confirmation that was taken.")
public record ConfirmationView(
        @Schema(description = "The delivery.", examples = "dlv_0198c5e27b0a7c3f9d2ab41c6f7e8d90")
        String deliveryId,

        @Schema(description = "Its run.", examples = "1") int run,

        @Schema(description = "The attempt that was confirmed.", examples = "1")
        int attempt,

        @Schema(description = "As it was given.", examples = "accepted")
        ConfirmationRequest.Status status) {}
