package io.stockhook.receiver.mock;

import io.stockhook.web.validation.PlainText;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a mock endpoint is to be.
 *
 * @param name what its people call it
 * @param secret what its requests are signed with; null for none, or for the one it has
 * @param publicKey what {@code v1a} signatures are verified with; null for none
 * @param headerPrefix what the header of the classic signature begins with; null for {@code X-Webhook-}
 * @param responses its answers in order, the last for ever; null for a plain 200
 */
@Schema(description = "What a mock endpoint is to be.")
public record MockEndpointRequest(
        @Schema(description = "What your people call it.", example = "ERP stand-in", required = true)
        @NotBlank
        @Size(max = 200)
        @PlainText
        String name,

        @Schema(
                description = "The secret that requests to it are signed with, to verify them. Never shown again.",
                example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                nullable = true)
        @Pattern(regexp = "[\\x20-\\x7e]{1,256}", message = "must be 1 to 256 visible ASCII characters")
        @Nullable
        String secret,

        @Schema(
                description = "The public key that `v1a` signatures of requests to it are verified with, a webhook's"
                        + " `signature.public_keys[0]` for example.",
                example = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=",
                nullable = true)
        @Nullable
        String publicKey,

        @Schema(
                description = "What the header of the classic signature begins with.",
                example = "X-Webhook-",
                defaultValue = "X-Webhook-",
                nullable = true)
        @Pattern(
                regexp = "[A-Za-z][A-Za-z0-9-]{0,62}-",
                message = "must be letters, digits and hyphens, ending in a hyphen")
        @Nullable
        String headerPrefix,

        @Schema(
                description =
                        "Its answers, one request each; the last one is given for ever. A plain 200 if left out. To fail twice "
                                + "and then succeed: `[{\"status\": 500}, {\"status\": 500}, {\"status\": 200}]`.",
                nullable = true)
        @Size(min = 1, max = 100)
        @Nullable
        List<@NotNull @Valid MockResponse> responses) {}
