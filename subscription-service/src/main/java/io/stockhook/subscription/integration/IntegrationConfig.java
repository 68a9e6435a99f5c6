package io.stockhook.subscription.integration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/**
 * Where the providers of integrations are reached. Other addresses are for mirrors in one's own network and for tests; the rules of
 * {@code stockhook.address} hold for them as well.
 */
@ConfigMapping(prefix = "stockhook.integrations")
public interface IntegrationConfig {

    /** What the addresses of Slack's incoming webhooks begin with; a `*` stands for any part of a host's name. */
    @WithDefault("https://hooks.slack.com,https://hooks.slack-gov.com")
    List<String> slackUrls();

    /** What the addresses of Discord's webhooks begin with; a `*` stands for any part of a host's name. */
    @WithDefault("https://discord.com,https://*.discord.com,https://discordapp.com")
    List<String> discordUrls();

    /** What the addresses of workflows of Microsoft Teams begin with; a `*` stands for any part of a host's name. */
    @WithDefault("https://*.logic.azure.com,https://*.api.powerplatform.com,https://*.webhook.office.com")
    List<String> teamsUrls();

    /** What the addresses of Zapier's catch hooks begin with; a `*` stands for any part of a host's name. */
    @WithDefault("https://hooks.zapier.com")
    List<String> zapierUrls();

    /** Where PagerDuty's Events API is, for accounts in the service region US. */
    @WithDefault("https://events.pagerduty.com")
    String pagerdutyUrl();

    /** Where PagerDuty's Events API is, for accounts in the service region EU. */
    @WithDefault("https://events.eu.pagerduty.com")
    String pagerdutyEuUrl();

    /** Where Mailchimp's Marketing API is; `DC` stands for the data center that an API key ends with. */
    @WithDefault("https://DC.api.mailchimp.com")
    String mailchimpUrl();
}
