package io.stockhook.subscription.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhook.events.EventTypeNames;
import io.stockhook.events.template.BodyTemplate;
import io.stockhook.events.template.EventAttributes;
import io.stockhook.subscription.integration.Composition.Outgoing;
import io.stockhook.subscription.integration.ProviderMock.Answer;
import io.stockhook.web.problem.FieldError;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What each provider is sent, by the template engine that delivery-service has, against servers that refuse what the providers document that
 * they refuse.
 */
class ProviderContractTests {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ProviderMock MOCK = new ProviderMock();
    private static final EventAttributes EVENT =
            new EventAttributes("evt_1", "order.created", Instant.parse("2026-01-15T10:30:00Z"), "/orders", "ord_1");
    private static final String ORDER = """
            {"order_id": "ORD-\\"1\\"", "status": "confirmed", "amount": 150.00, "email": "ada@example.com",
             "customer": {"name": "Ada \\\\ Lovelace"}}""";

    @BeforeAll
    static void start() {
        assertThat(MOCK.origin()).startsWith("http://127.0.0.1:");
    }

    @AfterAll
    static void stop() {
        MOCK.close();
    }

    @ParameterizedTest
    @CsvSource({"slack, 200", "discord, 204", "teams, 202", "pagerduty, 202", "zapier, 200", "mailchimp, 200"})
    void whatIsSentByDefaultIsTaken(String name, int status) throws Exception {
        // When
        Answer answer = send(name, config(name));

        // Then
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(objection(name, answer)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"slack", "discord", "teams", "pagerduty"})
    void aMessageWithQuotesBackslashesAndLinesIsTaken(String name) throws Exception {
        // Given
        ObjectNode config = config(name)
                .put(
                        "message_template",
                        "New \"order\" {{order_id}}\nfor ${{{amount}}} \\ {{customer.name}}: {{data}}");

        // When
        Answer answer = send(name, config);

        // Then
        assertThat(objection(name, answer)).isNull();
    }

    @Test
    void slacksPlainTextIsABlock() throws Exception {
        assertThat(objection("slack", send("slack", config("slack").put("format", "plain_text"))))
                .isNull();
    }

    @Test
    void pagerDutyResolvesWhatTheSameSubjectTriggered() throws Exception {
        // Given
        ObjectNode config = config("pagerduty").put("event_action", "resolve");

        // Then
        assertThat(objection("pagerduty", send("pagerduty", config))).isNull();
        assertThat(JSON.readTree(body("pagerduty", config)).path("dedup_key").asText())
                .isEqualTo("ord_1");
    }

    @Test
    void mailchimpGetsTheNamesThatAreConfigured() throws Exception {
        // Given
        ObjectNode config =
                config("mailchimp").put("first_name", "{{customer.name}}").put("status", "pending");

        // Then
        assertThat(JSON.readTree(body("mailchimp", config)).at("/members/0")).isEqualTo(JSON.readTree("""
                        {"email_address": "ada@example.com", "status": "pending",
                         "merge_fields": {"FNAME": "Ada \\\\ Lovelace"}}"""));
        assertThat(objection("mailchimp", send("mailchimp", config))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "slack | webhook_url | /services/T0/B0/bad | 403 | webhook_url is not",
                "slack | webhook_url | /services/T0/B0/removed | 404 | removed",
                "slack | webhook_url | /services/T0/B0/archived | 410 | archived",
                "slack | webhook_url | /services/T0/B0/restricted | 403 | administrator",
                "discord | webhook_url | /api/webhooks/1234567890/bad | 401 | token",
                "discord | webhook_url | /api/webhooks/404/token | 404 | deleted",
                "teams | webhook_url | /workflows/abc/triggers/manual/paths/invoke?sig=bad | 401 | signature",
                "teams | webhook_url | /workflows/gone/triggers/manual/paths/invoke?sig=good | 404 | deleted",
                "zapier | webhook_url | /hooks/catch/1/other/ | 404 | deleted"
            })
    void aBadAddressIsRefusedAndExplained(String name, String field, String path, int status, String meaning)
            throws Exception {
        // When
        Answer answer = send(name, config(name).put(field, MOCK.origin() + path));

        // Then
        assertThat(answer.status()).isEqualTo(status);
        assertThat(objection(name, answer)).contains(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "pagerduty, routing_key, ffffffffffffffffffffffffffffffff, 400, routing_key",
        "mailchimp, api_key, ffffffffffffffffffffffffffffffff-us6, 401, api_key",
        "mailchimp, list_id, other12345, 404, list_id",
        "slack, channel, #nowhere, 404, channel"
    })
    void aBadKeyIsRefusedAndExplained(String name, String field, String value, int status, String meaning)
            throws Exception {
        // When
        Answer answer = send(name, config(name).put(field, value));

        // Then
        assertThat(answer.status()).isEqualTo(status);
        assertThat(objection(name, answer)).contains(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "slack, {{missing}}, 400, no text",
        "discord, {{missing}}, 400, empty",
        "pagerduty, {{missing}}, 400, summary"
    })
    void aMessageThatComesOutEmptyIsRefusedAndExplained(String name, String message, int status, String meaning)
            throws Exception {
        // When
        Answer answer = send(name, config(name).put("message_template", message));

        // Then
        assertThat(answer.status()).isEqualTo(status);
        assertThat(objection(name, answer)).contains(meaning);
    }

    @ParameterizedTest
    @CsvSource({"discord, 2001, 400, 2_000", "pagerduty, 1025, 400, 1_024", "teams, 29000, 413, 28"})
    void aMessageThatIsTooLongIsRefusedAndForeseen(String name, int length, int status, String ignored)
            throws Exception {
        // Given
        String data = "{\"text\": \"" + "x".repeat(length) + "\"}";
        ObjectNode config = config(name).put("message_template", "{{text}}");

        // When
        byte[] body = rendered(outgoing(name, config), data);

        // Then
        assertThat(post(outgoing(name, config), body).status()).isEqualTo(status);
        assertThat(MockedProviders.provider(MOCK.origin(), name).tooLong(JSON.readTree(body), body.length))
                .isNotEmpty();
    }

    @Test
    void anAddressThatMailchimpDoesNotTakeIsAFailureAlthoughItAnswers200() throws Exception {
        // When
        Answer answer = send("mailchimp", config("mailchimp").put("email", "{{order_id}}"));

        // Then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(objection("mailchimp", answer)).contains("valid email address");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "slack | {\"text\": 5} | 400",
                "slack | {\"text\": | 400",
                "slack | {\"blocks\": [{\"type\": \"section\"}]} | 400",
                "discord | {\"content\": {}, \"embeds\": [1]} | 400",
                "discord | [] | 400",
                "teams | {\"type\": \"message\"} | 400",
                "teams | {\"text\": \"a message card\"} | 400",
                "pagerduty | {\"event_action\": \"trigger\"} | 400",
                "pagerduty | {\"routing_key\": \"0123456789abcdef0123456789ABCDEF\", \"event_action\": \"open\"} | 400",
                "pagerduty | {\"routing_key\": \"0123456789abcdef0123456789ABCDEF\", \"event_action\": \"resolve\"} | 400",
                "mailchimp | {\"members\": {}} | 400",
                "mailchimp | {\"members\": [{\"email_address\": 5, \"status\": \"subscribed\"}]} | 400",
                "mailchimp | {\"members\": [{\"email_address\": \"a@example.com\", \"status\": \"new\"}]} | 400",
                "zapier | {not json | 400"
            })
    void whatLacksAFieldOrHasAWrongTypeIsRefused(String name, String body, int status) throws Exception {
        assertThat(post(outgoing(name, config(name)), body.getBytes(UTF_8)).status())
                .isEqualTo(status);
    }

    private static ObjectNode config(String name) {
        ObjectNode config = JSON.createObjectNode();
        config.putObject("notifications").put("order.created", true);
        return switch (name) {
            case "slack" -> config.put("webhook_url", MOCK.origin() + ProviderMock.SLACK_PATH);
            case "discord" -> config.put("webhook_url", MOCK.origin() + ProviderMock.DISCORD_PATH);
            case "teams" -> config.put("webhook_url", MOCK.origin() + ProviderMock.TEAMS_PATH);
            case "zapier" -> config.put("webhook_url", MOCK.origin() + ProviderMock.ZAPIER_PATH);
            case "pagerduty" -> config.put("routing_key", ProviderMock.ROUTING_KEY);
            default -> config.put("api_key", ProviderMock.MAILCHIMP_KEY).put("list_id", ProviderMock.LIST_ID);
        };
    }

    private static Outgoing outgoing(String name, ObjectNode config) {
        Provider provider = MockedProviders.provider(MOCK.origin(), name);
        List<FieldError> errors = new ArrayList<>();
        Configuration configuration =
                new ConfigurationReader(MockedProviders.LOOPBACK).read(provider, config, Configuration.EMPTY, errors);
        ConfigurationReader.requireWhole(provider, configuration, errors);
        Plan plan = Plan.of(provider, configuration, EventTypeNames.NONE, errors);
        assertThat(errors).isEmpty();
        assertThat(plan.parts()).hasSize(1);
        return plan.parts().get(0).outgoing();
    }

    private static byte[] rendered(Outgoing outgoing, String data) {
        return BodyTemplate.compile(outgoing.template()).render(EVENT, data.getBytes(UTF_8));
    }

    private static byte[] body(String name, ObjectNode config) {
        return rendered(outgoing(name, config), ORDER);
    }

    private static Answer send(String name, ObjectNode config) throws IOException, InterruptedException {
        return post(outgoing(name, config), body(name, config));
    }

    private static Answer post(Outgoing outgoing, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(outgoing.url()))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        Map<String, String> auth = outgoing.auth();
        if ("basic".equals(auth.get("type"))) {
            String credentials = auth.get("username") + ':' + auth.get("password");
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)));
        }
        HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    private static @Nullable String objection(String name, Answer answer) {
        return MockedProviders.provider(MOCK.origin(), name).acceptance().objection(answer.status(), answer.body());
    }
}
