package io.stockhook.subscription.eventtype;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A category of event types.
 *
 * @param description empty for a tenant's own
 * @param eventCount how many types it has, the platform's and the tenant's own
 */
@Schema(name = "EventTypeCategory", description = "What event types are listed under.")
public record CategoryView(
        @Schema(description = "Its name.", examples = "sales")
        String name,

        @Schema(description = "What people call it.", examples = "Sales")
        String displayName,

        @Schema(description = "What its types are about.", examples = "Orders, from their creation to their end.")
        String description,

        @Schema(description = "How many event types it has.", examples = "5")
        long eventCount) {}
