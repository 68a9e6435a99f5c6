package io.stockhook.subscription.apikey;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stockhook.web.etag.Versioned;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An API key as it is shown.
 *
 * @param id {@code key_...}
 * @param prefix its first characters, to recognise it by
 * @param version raised by every change
 * @param key the key itself, in the answer to its creation and never again
 */
@Schema(name = "ApiKey", description = "An API key. The key itself is shown once, in the answer to its creation.")
public record ApiKeyView(
        @Schema(description = "The key's identifier.", examples = "key_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f")
        String id,

        @Schema(description = "Whose it is.", examples = "ten_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f")
        String tenantId,

        @Schema(description = "What it is for.", examples = "ERP connector")
        String name,

        @Schema(description = "What its bearer may do.", examples = "editor")
        Role role,

        @Schema(description = "Its first characters, to recognise it by.", examples = "shk_3fZx")
        String prefix,

        @Schema(description = "When it stops working; null for never.", examples = "2030-01-01T00:00:00Z") @Nullable
        Instant expiresAt,

        @Schema(description = "Where it may be used from; empty for anywhere.", examples = "[\"198.51.100.0/24\"]")
        List<String> allowedCidrs,

        @Schema(description = "Raised by every change; the ETag.", examples = "1")
        long version,

        @Schema(description = "When it was made.", examples = "2026-01-15T10:30:00Z")
        Instant createdAt,

        @Schema(description = "When it was last changed.", examples = "2026-01-15T10:30:00Z")
        Instant updatedAt,

        @Schema(
                description = "The key itself, in the answer to its creation and never again.",
                examples = "shk_3fZx0uVdWqkP1sYb7nC9eR2tL5mJ8hG4aX6iO0zTfKyQwU1B2C3D4")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String key)
        implements Versioned {}
