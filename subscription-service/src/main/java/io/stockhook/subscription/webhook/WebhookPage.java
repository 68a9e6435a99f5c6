package io.stockhook.subscription.webhook;

import io.stockhook.web.paging.Paged;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One page of a tenant's webhooks, with a summary of all of them.
 *
 * @param next the cursor of the following page; null on the last
 * @param total how many the filter lets through, on all pages
 * @param figures whether the figures of webhooks and summary are known
 */
@Schema(name = "WebhookPage", description = "One page of a tenant's webhooks, with a summary of all of them.")
public record WebhookPage(
        @Schema(description = "What the page shows.") List<WebhookWithFigures> items,

        @Schema(description = "The cursor of the following page; null on the last.", examples = "d2hfMDE5MmYwYzQ")
        @Nullable
        String next,

        @Schema(description = "How many the filter lets through, on all pages.", examples = "12") @Nullable
        Long total,

        @Schema(
                description = "`unavailable` if delivery-service did not tell the figures in time: they are null then.",
                examples = "available")
        FiguresStatus figures,

        @Schema(description = "All of the tenant's webhooks, whatever the filter.")
        WebhookSummary summary)
        implements Paged {}
