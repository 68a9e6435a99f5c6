package io.stockhook.subscription.integration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhook.subscription.integration.Acceptance.Refusal;
import io.stockhook.subscription.integration.Composition.Outgoing;
import io.stockhook.subscription.integration.Provider.Limit;
import io.stockhook.subscription.integration.Provider.MessageKind;
import java.util.List;
import java.util.Map;

/** Zapier, by catch hooks, which take any JSON. */
final class Zapier {

    static final String NAME = "zapier";

    private static final String KEY_HEADER = "X-Api-Key";
    private static final int MAX_BYTES = 10 * 1024 * 1024;
    private static final int MAX_IN_FLIGHT = 16;

    private Zapier() {}

    static Provider of(IntegrationConfig config) {
        ObjectNode whole = BodyJson.object()
                .put("id", "{{id}}")
                .put("event", "{{type}}")
                .put("timestamp", "{{time}}")
                .put("subject", "{{subject}}");
        BodyJson.putTag(whole, "data", BodyJson.DATA);
        return new Provider(
                NAME,
                "Zapier",
                "Start a Zap, which connects thousands of apps.",
                Category.AUTOMATION,
                "https://help.zapier.com/hc/en-us/articles/8496288690317",
                List.of(
                        ConfigField.secretUrl(
                                "webhook_url",
                                "Webhook URL",
                                KnownAddresses.pattern(
                                        config.zapierUrls(), "/hooks/(catch|standard)/[0-9]+(/[A-Za-z0-9_-]+)+/?"),
                                "Of the Zap's trigger Webhooks by Zapier, Catch Hook.",
                                "https://hooks.zapier.com/hooks/catch/123456/abcdef/"),
                        ConfigField.text(
                                        "api_key",
                                        "API key",
                                        "Sent as X-Api-Key, for a Zap that looks at it (Catch Raw Hook). Zapier itself asks for"
                                                + " none.",
                                        "a-key-of-your-own")
                                .kept()
                                .matching("[\\x21-\\x7E]{1,255}")),
                MessageKind.BODY,
                whole.toString(),
                List.of(new Limit("", MAX_BYTES)),
                null,
                MAX_IN_FLIGHT,
                Zapier::compose,
                new Acceptance(
                        new Refusal(404, "", "The Zap was deleted: make another hook."),
                        new Refusal(
                                410,
                                "",
                                "The Zap was turned off and wants no more: turn it on and configure it again."),
                        new Refusal(413, "", "Zapier takes 10 MiB."),
                        new Refusal(429, "", "Zapier has had too many requests at once; it is tried again.")));
    }

    private static Outgoing compose(Values values, String message) {
        String key = values.find("api_key");
        Map<String, String> auth =
                key == null ? Map.of() : Map.of("type", "api_key", "header", KEY_HEADER, "value", key);
        return new Outgoing(values.get("webhook_url"), message, auth);
    }
}
