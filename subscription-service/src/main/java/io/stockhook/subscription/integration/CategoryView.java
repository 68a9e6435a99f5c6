package io.stockhook.subscription.integration;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What integrations are for, and how many there are for it. */
@Schema(name = "IntegrationCategory", description = "What integrations are for.")
public record CategoryView(
        @Schema(description = "Its name in the API.", examples = "communication")
        String name,

        @Schema(description = "Its name for people.", examples = "Communication")
        String displayName,

        @Schema(description = "How many integrations it has.", examples = "3")
        long integrationCount) {}
