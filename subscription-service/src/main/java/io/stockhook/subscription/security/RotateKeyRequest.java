package io.stockhook.subscription.security;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which of the platform's keys is to be replaced.
 *
 * @param revoke for a signing key: whether those before end at once, with their tokens
 */
@Schema(name = "RotateKeyRequest", description = "Which of the platform's keys is to be replaced.")
record RotateKeyRequest(
        @Schema(
                description =
                        "`signing`: the key that access tokens are signed with. `master`: the key that secrets are encrypted"
                                + " with, to the first of those that are configured.",
                examples = "signing")
        @NotNull
        What what,

        @Schema(
                description =
                        "For `signing`: end the keys before at once, with all their tokens, because one may be known to others.",
                examples = "false")
        @Nullable
        Boolean revoke) {

    /** A key of the platform. */
    enum What {
        /** What access tokens are signed with. */
        @JsonProperty("signing")
        SIGNING,
        /** What secrets are encrypted with. */
        @JsonProperty("master")
        MASTER
    }

    boolean isRevoking() {
        return Boolean.TRUE.equals(revoke);
    }
}
