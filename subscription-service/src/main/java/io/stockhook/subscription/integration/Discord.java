package io.stockhook.subscription.integration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhook.subscription.integration.Acceptance.Refusal;
import io.stockhook.subscription.integration.Composition.Outgoing;
import io.stockhook.subscription.integration.Provider.Limit;
import io.stockhook.subscription.integration.Provider.MessageKind;
import java.util.List;

/** Discord, by its channels' webhooks. Nobody is mentioned, whatever a message holds. */
final class Discord {

    static final String NAME = "discord";

    private static final int PER_MINUTE = 30;
    private static final int MAX_CONTENT = 2_000;

    private Discord() {}

    static Provider of(IntegrationConfig config) {
        return new Provider(
                NAME,
                "Discord",
                "Send notifications to a Discord channel.",
                Category.COMMUNICATION,
                "https://discord.com/developers/docs/resources/webhook#execute-webhook",
                List.of(
                        ConfigField.secretUrl(
                                "webhook_url",
                                "Webhook URL",
                                KnownAddresses.pattern(
                                        config.discordUrls(), "/api(/v[0-9]+)?/webhooks/[0-9]{1,20}/[A-Za-z0-9_-]+"),
                                "Of the channel's webhook: Edit Channel, Integrations, Webhooks, Copy Webhook URL.",
                                "https://discord.com/api/webhooks/1234567890/abcdef"),
                        ConfigField.text(
                                        "username",
                                        "Username",
                                        "Under which name messages appear; the webhook's own if left out.",
                                        "Stockhook")
                                .matching("(?i)(?!.*(clyde|discord)).{1,80}"),
                        ConfigField.text(
                                        "thread_id",
                                        "Thread",
                                        "The id of a thread in the channel that messages go to.",
                                        "1234567890")
                                .matching("[0-9]{1,20}")),
                MessageKind.TEXT,
                "**{{type}}** {{subject}}",
                List.of(new Limit("/content", MAX_CONTENT)),
                PER_MINUTE,
                1,
                Discord::compose,
                new Acceptance(
                        new Refusal(400, "50006", "The message was empty."),
                        new Refusal(
                                400,
                                "50035",
                                "Discord could not read the message: it has more than 2,000 characters, or username or thread_id is wrong."),
                        new Refusal(401, "50027", "The token in webhook_url is not valid: copy it again."),
                        new Refusal(404, "10015", "The webhook was deleted in Discord: make another."),
                        new Refusal(404, "10003", "The channel or thread does not exist."),
                        new Refusal(429, "", "Discord takes some 30 messages a minute; it is tried again.")));
    }

    private static Outgoing compose(Values values, String message) {
        ObjectNode body = BodyJson.object().put("content", message);
        String username = values.find("username");
        if (username != null) {
            body.put("username", username);
        }
        body.putObject("allowed_mentions").putArray("parse");
        String thread = values.find("thread_id");
        String url = values.get("webhook_url");
        return new Outgoing(thread == null ? url : url + "?thread_id=" + thread, body.toString());
    }
}
