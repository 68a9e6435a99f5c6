package io.stockhook.delivery.confirmation;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint says of a delivery that it had taken with 202.
 *
 * @param status what became of it
 * @param reason why it failed; null for none, and where it did not fail
 */
@Schema(name = "ConfirmationRequest", description = "What became of a delivery that was taken with 202.")
public record ConfirmationRequest(
        @Schema(description = "What became of it.", examples = "accepted") @NotNull
        Status status,

        @Schema(description = "Why it failed, for whoever reads the log.", examples = "The order is closed.")
        @Size(max = 500)
        @Nullable
        String reason) {

    /** What became of a delivery. */
    public enum Status {
        /** It is done. */
        @JsonProperty("accepted")
        ACCEPTED,
        /** It could not be done: the attempt has failed. */
        @JsonProperty("failed")
        FAILED
    }
}
