package io.stockhook.subscription.validation;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What was found; a part that was not asked for is null.
 *
 * @param valid whether every part that was asked for is
 */
@Schema(name = "Validation", description = "What was found; a part that was not asked for is null.")
record ValidationView(
        @Schema(description = "Whether every part is valid.", examples = "false")
        boolean valid,

        @Nullable SignatureAnswer signature,
        @Nullable PayloadAnswer payload,
        @Nullable UrlAnswer url,
        @Nullable FilterAnswer filter) {

    static ValidationView of(
            @Nullable SignatureAnswer signature,
            @Nullable PayloadAnswer payload,
            @Nullable UrlAnswer url,
            @Nullable FilterAnswer filter) {
        boolean valid = Stream.of(
                        signature == null || signature.valid(),
                        payload == null || payload.valid(),
                        url == null || url.valid(),
                        filter == null || filter.valid())
                .allMatch(part -> part);
        return new ValidationView(valid, signature, payload, url, filter);
    }

    /**
     * What was found of a delivery's signatures.
     *
     * @param valid whether one of them is genuine and none is against it
     * @param verified the schemes that verify: {@code v1}, {@code v1a}, {@code x-webhook-signature}
     * @param expectedHeaders the signatures that the secret makes of this id, time and body; null unless the caller gave the secret
     */
    @Schema(name = "SignatureFindings", description = "What was found of a delivery's signatures.")
    record SignatureAnswer(
            @Schema(description = "Whether a receiver may act on it.", examples = "false")
            boolean valid,

            @Schema(
                    description = "The schemes that verify: `v1`, `v1a`, `x-webhook-signature`.",
                    examples = "[\"x-webhook-signature\"]")
            List<String> verified,

            @Schema(description = "What is wrong.") List<Finding> problems,

            @Schema(
                    description =
                            "The right signatures of this id, time and body; only if the request named the secret.",
                    nullable = true)
            @Nullable
            Map<String, String> expectedHeaders) {}

    /**
     * What was found of a payload.
     *
     * @param valid whether schema and data are
     */
    @Schema(name = "PayloadFindings", description = "What was found of a payload.")
    record PayloadAnswer(
            @Schema(description = "Whether the data satisfies the schema.", examples = "true")
            boolean valid,

            @Schema(description = "What is wrong.") List<Finding> problems) {

        static PayloadAnswer of(List<Finding> problems) {
            return new PayloadAnswer(problems.isEmpty(), List.copyOf(problems));
        }
    }

    /**
     * What was found of a url.
     *
     * @param valid whether a delivery may go there now
     * @param addresses what its name resolves to, or the address that it has for a host
     */
    @Schema(name = "UrlFindings", description = "What was found of a url.")
    record UrlAnswer(
            @Schema(description = "Whether a delivery may go there now.", examples = "true")
            boolean valid,

            @Schema(description = "What its name resolves to.", examples = "[\"93.184.215.14\"]")
            List<String> addresses,

            @Schema(description = "What is wrong.") List<Finding> problems) {}

    /**
     * What was found of a filter.
     *
     * @param valid whether it can be used
     * @param matches whether the sample satisfies it; null without a sample, or if the filter is not valid
     * @param unmet the conditions that the sample does not satisfy
     */
    @Schema(name = "FilterFindings", description = "What was found of a filter.")
    record FilterAnswer(
            @Schema(description = "Whether it can be used.", examples = "true")
            boolean valid,

            @Schema(description = "Whether the sample satisfies it.", examples = "false", nullable = true) @Nullable
            Boolean matches,

            @Schema(description = "The conditions that the sample does not satisfy.")
            List<Finding> unmet,

            @Schema(description = "What is wrong with the filter.")
            List<Finding> problems) {}
}
