package io.stockhook.subscription.integration;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhook.subscription.integration.Acceptance.Refusal;
import io.stockhook.subscription.integration.Composition.Outgoing;
import io.stockhook.subscription.integration.Provider.Limit;
import io.stockhook.subscription.integration.Provider.MessageKind;
import java.util.List;
import java.util.Locale;

/** Microsoft Teams, by a workflow that posts what its webhook gets: an Adaptive Card. */
final class Teams {

    static final String NAME = "teams";

    private static final int PER_MINUTE = 240;
    private static final int MAX_BYTES = 28 * 1024;
    private static final String FAILED = "delivery failed";

    private Teams() {}

    static Provider of(IntegrationConfig config) {
        return new Provider(
                NAME,
                "Microsoft Teams",
                "Post cards to a channel or chat of Microsoft Teams.",
                Category.COMMUNICATION,
                "https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook",
                List.of(
                        ConfigField.secretUrl(
                                "webhook_url",
                                "Webhook URL",
                                KnownAddresses.pattern(config.teamsUrls(), "/[^\\s?#]+(\\?[^\\s#]*)?"),
                                "Of the workflow \"Send webhook alerts to a channel\", which it shows when it is made.",
                                "https://prod-00.westeurope.logic.azure.com/workflows/abc/triggers/manual/paths/invoke?sig=xyz"),
                        ConfigField.template("title", "Title", "The card's first line.", "{{type}}")
                                .otherwise("{{type}}")
                                .perEventToo()),
                MessageKind.TEXT,
                "{{subject}}",
                List.of(new Limit("", MAX_BYTES)),
                PER_MINUTE,
                4,
                Teams::compose,
                new Acceptance(
                        List.of(
                                new Refusal(400, "", "The workflow could not read the card."),
                                new Refusal(
                                        401, "", "The signature in webhook_url is not valid: copy the address again."),
                                new Refusal(
                                        403,
                                        "",
                                        "The workflow does not take requests of others; see who may trigger it."),
                                new Refusal(404, "", "The workflow was deleted or turned off: make another."),
                                new Refusal(413, "", "The card has more than 28 KiB."),
                                new Refusal(429, "", "Teams takes four requests a second; it is tried again.")),
                        body -> body.toLowerCase(Locale.ROOT).contains(FAILED)
                                ? "Teams answered that the delivery to the channel failed."
                                : null));
    }

    private static Outgoing compose(Values values, String message) {
        ObjectNode body = BodyJson.object().put("type", "message");
        ObjectNode attachment = body.putArray("attachments").addObject();
        attachment.put("contentType", "application/vnd.microsoft.card.adaptive").putNull("contentUrl");
        ObjectNode card = attachment.putObject("content");
        card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                .put("type", "AdaptiveCard")
                .put("version", "1.4");
        ArrayNode blocks = card.putArray("body");
        text(blocks, MessageText.of(values.get("title")))
                .put("weight", "Bolder")
                .put("size", "Medium");
        text(blocks, message);
        return new Outgoing(values.get("webhook_url"), body.toString());
    }

    private static ObjectNode text(ArrayNode blocks, String text) {
        return blocks.addObject().put("type", "TextBlock").put("text", text).put("wrap", true);
    }
}
