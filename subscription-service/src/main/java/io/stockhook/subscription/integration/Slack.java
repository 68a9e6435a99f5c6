package io.stockhook.subscription.integration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhook.subscription.integration.Acceptance.Refusal;
import io.stockhook.subscription.integration.Composition.Outgoing;
import io.stockhook.subscription.integration.Provider.Limit;
import io.stockhook.subscription.integration.Provider.MessageKind;
import java.util.List;

/** Slack, by its incoming webhooks. */
final class Slack {

    static final String NAME = "slack";

    private static final String PLAIN = "plain_text";
    private static final int PER_MINUTE = 60;
    private static final int MAX_TEXT = 40_000;
    private static final int MAX_BLOCK = 3_000;

    private Slack() {}

    static Provider of(IntegrationConfig config) {
        return new Provider(
                NAME,
                "Slack",
                "Send notifications to a Slack channel.",
                Category.COMMUNICATION,
                "https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks",
                List.of(
                        ConfigField.secretUrl(
                                "webhook_url",
                                "Webhook URL",
                                KnownAddresses.pattern(
                                        config.slackUrls(), "/services/[A-Z0-9]+/[A-Z0-9]+/[A-Za-z0-9]+"),
                                "Of an incoming webhook, which your Slack app shows under Incoming Webhooks. It decides the"
                                        + " channel.",
                                "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX"),
                        ConfigField.text(
                                        "channel",
                                        "Channel",
                                        "Where messages go. Slack heeds it for legacy webhooks only; an app's webhook has its"
                                                + " channel.",
                                        "#orders")
                                .matching("[#@]?[^\\s#@]{1,80}"),
                        ConfigField.select(
                                "format",
                                "Format",
                                List.of("mrkdwn", PLAIN),
                                "How Slack reads a message: with its formatting, links and mentions, or as it is. Take the"
                                        + " latter where others decide what events hold: with the former a value can mention"
                                        + " a channel.")),
                MessageKind.TEXT,
                "*{{type}}* {{subject}}",
                List.of(new Limit("/text", MAX_TEXT), new Limit("/blocks/0/text/text", MAX_BLOCK)),
                PER_MINUTE,
                1,
                Slack::compose,
                new Acceptance(
                        new Refusal(400, "no_text", "Slack found no text: the message was empty."),
                        new Refusal(400, "invalid_payload", "Slack could not read the message."),
                        new Refusal(400, "invalid_blocks", "Slack could not read the message: it may be too long."),
                        new Refusal(400, "user_not_found", "The user that channel names does not exist."),
                        new Refusal(403, "invalid_token", "The webhook_url is not, or no longer, valid: make another."),
                        new Refusal(
                                403, "action_prohibited", "An administrator has restricted posting to the channel."),
                        new Refusal(404, "channel_not_found", "The channel does not exist."),
                        new Refusal(404, "no_service", "The webhook was removed or disabled in Slack: make another."),
                        new Refusal(404, "no_team", "The webhook_url names no workspace: make another."),
                        new Refusal(410, "channel_is_archived", "The channel is archived."),
                        new Refusal(429, "", "Slack takes one message a second; it is tried again.")));
    }

    private static Outgoing compose(Values values, String message) {
        ObjectNode body = BodyJson.object();
        String channel = values.find("channel");
        if (channel != null) {
            body.put("channel", channel);
        }
        if (PLAIN.equals(values.find("format"))) {
            ObjectNode block = body.putArray("blocks").addObject().put("type", "section");
            block.putObject("text").put("type", PLAIN).put("text", message);
        } else {
            body.put("text", message);
        }
        return new Outgoing(values.get("webhook_url"), body.toString());
    }
}
