package io.stockhook.subscription.apikey;

import io.stockhook.web.validation.PlainText;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An API key to be made.
 *
 * @param name what it is for
 * @param role what its bearer may do
 * @param expiresAt when it stops working; null for never
 * @param allowedCidrs where it may be used from; null or empty for anywhere
 * @param tenantId whose it is, said by the platform's admin only
 */
@Schema(name = "ApiKeyRequest", description = "An API key to be made.")
public record ApiKeyRequest(
        @Schema(description = "What the key is for.", examples = "ERP connector") @NotBlank @Size(max = 200) @PlainText
        String name,

        @Schema(description = "What its bearer may do.", examples = "editor") @NotNull
        Role role,

        @Schema(description = "When it stops working; never if left out.", examples = "2030-01-01T00:00:00Z") @Nullable
        Instant expiresAt,

        @Schema(
                description = "Addresses and CIDR ranges it may be used from; anywhere if left out.",
                examples = "[\"198.51.100.0/24\"]")
        @Size(max = MAX_CIDRS)
        @Nullable
        List<@NotNull @Size(max = 64) String> allowedCidrs,

        @Schema(
                description = "Whose key it is: for the platform's admin only, who must say it unless the role is"
                        + " `admin`. Everyone else makes keys of their own tenant.",
                examples = "ten_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f")
        @Nullable
        String tenantId) {

    /** How many ranges a key may have: each request is held against all of them. */
    static final int MAX_CIDRS = 50;
}
