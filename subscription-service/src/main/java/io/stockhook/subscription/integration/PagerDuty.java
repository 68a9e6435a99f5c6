package io.stockhook.subscription.integration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhook.subscription.integration.Acceptance.Refusal;
import io.stockhook.subscription.integration.Composition.Outgoing;
import io.stockhook.subscription.integration.Provider.Limit;
import io.stockhook.subscription.integration.Provider.MessageKind;
import java.util.List;
import java.util.Objects;

/** PagerDuty, by its Events API v2. */
final class PagerDuty {

    static final String NAME = "pagerduty";

    private static final String EU = "eu";
    private static final int MAX_SUMMARY = 1_024;
    private static final int MAX_DEDUP_KEY = 255;
    private static final int MAX_BYTES = 512 * 1024;
    private static final int PER_MINUTE = 120;

    private PagerDuty() {}

    static Provider of(IntegrationConfig config) {
        return new Provider(
                NAME,
                "PagerDuty",
                "Trigger, acknowledge and resolve alerts of a PagerDuty service.",
                Category.INCIDENT_MANAGEMENT,
                "https://developer.pagerduty.com/docs/send-alert-event",
                List.of(
                        ConfigField.text(
                                        "routing_key",
                                        "Integration key",
                                        "Of an integration of the type Events API v2, under the service's Integrations.",
                                        "0123456789abcdef0123456789abcdef")
                                .needed()
                                .kept()
                                .matching("[A-Za-z0-9]{32}"),
                        ConfigField.select(
                                "region", "Service region", List.of("us", EU), "Where the PagerDuty account is kept."),
                        ConfigField.select(
                                        "event_action",
                                        "Action",
                                        List.of("trigger", "acknowledge", "resolve"),
                                        "What an event does to the alert of its dedup_key.")
                                .perEventToo(),
                        ConfigField.select(
                                        "severity",
                                        "Severity",
                                        List.of("error", "critical", "warning", "info"),
                                        "How bad it is.")
                                .perEventToo(),
                        ConfigField.template(
                                        "dedup_key",
                                        "Alert",
                                        "What events of one alert have in common: the one that triggers it and the one that resolves it.",
                                        "{{subject}}")
                                .otherwise("{{subject}}{{^subject}}{{id}}{{/subject}}")
                                .perEventToo(),
                        ConfigField.template("source", "Source", "What the alert is about.", "shop.example.com")
                                .otherwise("{{source}}")
                                .perEventToo()),
                MessageKind.TEXT,
                "{{type}} {{subject}}",
                List.of(
                        new Limit("/payload/summary", MAX_SUMMARY),
                        new Limit("/dedup_key", MAX_DEDUP_KEY),
                        new Limit("", MAX_BYTES)),
                PER_MINUTE,
                4,
                (values, message) -> compose(config, values, message),
                new Acceptance(
                        new Refusal(400, "routing_key", "PagerDuty does not know the routing_key: copy it again."),
                        new Refusal(400, "summary", "PagerDuty takes a summary of 1 to 1,024 characters."),
                        new Refusal(400, "dedup_key", "PagerDuty takes a dedup_key of 1 to 255 characters."),
                        new Refusal(400, "", "PagerDuty could not read the event."),
                        new Refusal(403, "", "PagerDuty does not let this account send events."),
                        new Refusal(413, "", "The event has more than 512 KiB."),
                        new Refusal(429, "", "PagerDuty has had too many events at once; it is tried again.")));
    }

    private static Outgoing compose(IntegrationConfig config, Values values, String message) {
        ObjectNode body = BodyJson.object()
                .put("routing_key", values.get("routing_key"))
                .put("event_action", values.get("event_action"))
                .put("dedup_key", Objects.requireNonNull(Composition.template(values, "dedup_key")));
        ObjectNode payload = body.putObject("payload");
        payload.put("summary", message)
                .put("source", Objects.requireNonNull(Composition.template(values, "source")))
                .put("severity", values.get("severity"))
                .put("timestamp", "{{time}}")
                .put("class", "{{type}}");
        BodyJson.putTag(payload, "custom_details", BodyJson.DATA);
        String base = EU.equals(values.find("region")) ? config.pagerdutyEuUrl() : config.pagerdutyUrl();
        return new Outgoing(base + "/v2/enqueue", body.toString());
    }
}
