package io.stockhook.subscription.integration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhook.subscription.integration.Acceptance.Refusal;
import io.stockhook.subscription.integration.Composition.Outgoing;
import io.stockhook.subscription.integration.Provider.MessageKind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Mailchimp, by the Marketing API's "batch subscribe" with a batch of one. Of the ways to add a member it is the one that can be repeated: an
 * event that comes twice updates the member and is not refused.
 */
final class Mailchimp {

    static final String NAME = "mailchimp";

    /** Mailchimp looks at the password alone. */
    private static final String ANY_USER = "stockhook";

    private static final String DATA_CENTER = "DC";
    private static final int MAX_IN_FLIGHT = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Mailchimp() {}

    static Provider of(IntegrationConfig config) {
        return new Provider(
                NAME,
                "Mailchimp",
                "Keep the contacts of a Mailchimp audience.",
                Category.MARKETING,
                "https://mailchimp.com/developer/marketing/api/lists/batch-subscribe-or-unsubscribe/",
                List.of(
                        ConfigField.text(
                                        "api_key",
                                        "API key",
                                        "Under Account, Extras, API keys. What follows the hyphen is the data center.",
                                        "0123456789abcdef0123456789abcdef-us6")
                                .needed()
                                .kept()
                                .matching("[0-9a-f]{32}-[a-z]{2,4}[0-9]{1,3}"),
                        ConfigField.text(
                                        "list_id",
                                        "Audience ID",
                                        "Under Audience, Settings, Audience name and defaults.",
                                        "a1b2c3d4e5")
                                .needed()
                                .matching("[0-9A-Za-z]{6,20}"),
                        ConfigField.select(
                                        "status",
                                        "Status",
                                        List.of("subscribed", "pending", "unsubscribed"),
                                        "What the contact becomes; pending has Mailchimp ask them by mail first.")
                                .perEventToo(),
                        ConfigField.template("email", "E-mail address", "Where an event has it.", "{{customer.email}}")
                                .otherwise("{{email}}")
                                .perEventToo(),
                        ConfigField.template(
                                        "first_name",
                                        "First name",
                                        "Becomes FNAME; not sent if left out.",
                                        "{{customer.name}}")
                                .perEventToo(),
                        ConfigField.template(
                                        "last_name",
                                        "Last name",
                                        "Becomes LNAME; not sent if left out.",
                                        "{{customer.surname}}")
                                .perEventToo()),
                MessageKind.NONE,
                null,
                List.of(),
                null,
                MAX_IN_FLIGHT,
                (values, message) -> compose(config, values),
                new Acceptance(
                        List.of(
                                new Refusal(400, "", "Mailchimp could not read the contact."),
                                new Refusal(
                                        401,
                                        "",
                                        "Mailchimp does not know the api_key, or it belongs to another data center."),
                                new Refusal(403, "", "The api_key may not do this, or the account is suspended."),
                                new Refusal(404, "", "There is no audience with this list_id in the account."),
                                new Refusal(429, "", "Mailchimp takes ten requests at once; it is tried again.")),
                        Mailchimp::rejected));
    }

    private static Outgoing compose(IntegrationConfig config, Values values) {
        ObjectNode body = BodyJson.object();
        ObjectNode member = body.putArray("members").addObject();
        member.put("email_address", Objects.requireNonNull(Composition.template(values, "email")))
                .put("status", values.get("status"));
        String firstName = Composition.template(values, "first_name");
        String lastName = Composition.template(values, "last_name");
        if (firstName != null || lastName != null) {
            ObjectNode fields = member.putObject("merge_fields");
            putIfThere(fields, "FNAME", firstName);
            putIfThere(fields, "LNAME", lastName);
        }
        body.put("update_existing", true);
        String key = values.get("api_key");
        String dataCenter = key.substring(key.lastIndexOf('-') + 1);
        return new Outgoing(
                config.mailchimpUrl().replace(DATA_CENTER, dataCenter) + "/3.0/lists/" + values.get("list_id"),
                body.toString(),
                Map.of("type", "basic", "username", ANY_USER, "password", key));
    }

    private static void putIfThere(ObjectNode fields, String name, @Nullable String template) {
        if (template != null) {
            fields.put(name, template);
        }
    }

    /** Members that were refused are listed in an answer of 200. */
    private static @Nullable String rejected(String body) {
        try {
            JsonNode errors = JSON.readTree(body).path("errors");
            return errors.isEmpty()
                    ? null
                    : "Mailchimp did not take the contact: "
                            + errors.path(0).path("error").asText("it does not say why");
        } catch (JsonProcessingException e) {
            return null; // cut off in the log
        }
    }
}
