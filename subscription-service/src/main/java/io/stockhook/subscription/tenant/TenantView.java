package io.stockhook.subscription.tenant;

import io.stockhook.web.etag.Versioned;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as it is shown.
 *
 * @param id {@code ten_...}
 * @param version raised by every change
 */
@Schema(name = "Tenant", description = "A customer of the platform, and the wall that nothing crosses.")
public record TenantView(
        @Schema(description = "The tenant's identifier.", examples = "ten_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f")
        String id,

        @Schema(description = "What its people call it.", examples = "Acme Ltd")
        String name,

        @Schema(description = "What its webhooks send unless they say otherwise.", examples = "standard")
        PayloadFormat payloadFormat,

        @Schema(
                description =
                        "For how many days the log keeps its deliveries; null for as long as the platform keeps them.",
                examples = "7")
        @Nullable
        Integer retentionDays,

        @Schema(description = "False while the platform has suspended it.", examples = "true")
        boolean isActive,

        @Schema(description = "Raised by every change; the ETag.", examples = "1")
        long version,

        @Schema(description = "When it was created.", examples = "2026-01-15T10:30:00Z")
        Instant createdAt,

        @Schema(description = "When it was last changed.", examples = "2026-01-15T10:30:00Z")
        Instant updatedAt)
        implements Versioned {}
