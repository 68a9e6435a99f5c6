package io.stockhook.subscription.integration;

import io.stockhook.web.paging.Paged;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * All integrations; there are few, so that one page has them all.
 *
 * @param next always null
 */
@Schema(name = "IntegrationPage", description = "All integrations, with their categories and how many are configured.")
public record IntegrationPage(
        @Schema(description = "The integrations.") List<IntegrationView> items,

        @Schema(description = "Always null: one page has them all.") @Nullable
        String next,

        @Schema(description = "How many there are.", examples = "6") @Nullable
        Long total,

        @Schema(description = "What they are for.") List<CategoryView> categories,

        @Schema(description = "How they stand.") Summary summary)
        implements Paged {

    /** How many stand how. */
    @Schema(name = "IntegrationSummary", description = "How many integrations stand how.")
    public record Summary(
            @Schema(description = "Those that the tenant has configured.", examples = "2")
            long configured,

            @Schema(description = "Those that events go to.", examples = "1")
            long connected,

            @Schema(description = "Those that the platform disabled.", examples = "1")
            long error) {}
}
