package io.stockhook.subscription.validation;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong.
 *
 * @param field where, as a path in the request
 * @param code what, for programs; the codes are in {@code docs/guides/troubleshooting.md}
 * @param message what is wrong, in words
 * @param expected what would be right; null if the message says it, or nobody but the caller can know
 */
@Schema(name = "ValidationFinding", description = "One thing that is wrong.")
record Finding(
        @Schema(description = "Where, as a path in the request.", examples = "signature.headers.webhook-timestamp")
        String field,

        @Schema(description = "What, for programs.", examples = "timestamp_malformed")
        String code,

        @Schema(description = "What is wrong, in words.", examples = "Is in milliseconds and must be in seconds.")
        String message,

        @Schema(
                description = "What would be right, if that can be said in a value.",
                examples = "1767225600",
                nullable = true)
        @Nullable
        String expected) {

    static Finding of(String field, String code, String message) {
        return new Finding(field, code, message, null);
    }
}
