package io.stockhook.subscription.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.stockhook.events.EventTypeNames;
import io.stockhook.events.address.AddressPolicy;
import io.stockhook.web.problem.FieldError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationReaderTests {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String URL = MockedProviders.NOWHERE + ProviderMock.SLACK_PATH;

    private final List<FieldError> errors = new ArrayList<>();

    @Test
    void aWholeConfigurationIsReadWithoutAnObjection() {
        // When
        Configuration configuration = read("slack", """
                {"webhook_url": "%s", "channel": "#orders", "message_template": "Order {{order_id}}", "active": false,
                 "notifications": {"order.created": true, "order.updated": {"message_template": "Again {{order_id}}"},
                                   "inventory.low_stock": false}}""".formatted(URL));

        // Then
        assertThat(errors).isEmpty();
        assertThat(configuration.given().byName())
                .containsOnly(Map.entry("webhook_url", URL), Map.entry("channel", "#orders"));
        assertThat(configuration.isActive()).isFalse();
        assertThat(configuration.notifications())
                .containsEntry("order.created", new Notification(true, null, Map.of()))
                .containsEntry("order.updated", new Notification(true, "Again {{order_id}}", Map.of()))
                .containsEntry("inventory.low_stock", new Notification(false, null, Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "slack | {} | webhook_url | Is needed",
                "slack | {} | notifications | at least one",
                "slack | {\"notifications\": {\"order.created\": false}} | notifications | at least one",
                "slack | {\"webhook_url\": 5} | webhook_url | a text",
                "slack | {\"webhook_url\": \"\"} | webhook_url | 1 to 2048",
                "slack | {\"webhook_url\": \"https://hooks.example.com/services/T0/B0/x\"} | webhook_url | look like https://hooks.slack.com/services/",
                "slack | {\"webhook_url\": \"***\"} | webhook_url | no stored value",
                "slack | {\"channel\": \"two words\"} | channel | look like #orders",
                "slack | {\"format\": \"html\"} | format | one of mrkdwn, plain_text",
                "slack | {\"token\": \"x\"} | token | which has webhook_url, channel, format, notifications",
                "slack | {\"message_template\": \"a\\n{{#b}}\"} | message_template | line 2",
                "slack | {\"message_template\": \"{{=<% %>=}}\"} | message_template | delimiters",
                "slack | {\"message_template\": 5} | message_template | a text",
                "slack | {\"is_active\": 1} | is_active | true or false",
                "slack | {\"notifications\": []} | notifications | an object",
                "slack | {\"notifications\": {\"order\": true}} | notifications[order] | a pattern such as",
                "slack | {\"notifications\": {\"order.created\": 1}} | notifications[order.created] | true, false, or an object",
                "slack | {\"notifications\": {\"order.created\": {\"enabled\": 1}}} | notifications[order.created].enabled | true or false",
                "slack | {\"notifications\": {\"order.created\": {\"webhook_url\": \"x\"}}} | notifications[order.created].webhook_url | enabled, message_template",
                "slack | {\"notifications\": {\"order.created\": {\"message_template\": \"{{#a}}\"}}} | notifications[order.created].message_template | compile",
                "pagerduty | {\"routing_key\": \"short\"} | routing_key | look like 0123456789",
                "pagerduty | {\"severity\": \"fatal\"} | severity | error, critical, warning, info",
                "pagerduty | {\"notifications\": {\"a.b\": {\"event_action\": \"open\"}}} | notifications[a.b].event_action | trigger",
                "pagerduty | {\"dedup_key\": \"{{\"} | dedup_key | not closed",
                "mailchimp | {\"api_key\": \"0123456789abcdef0123456789abcdef\"} | api_key | -us6",
                "mailchimp | {\"message_template\": \"x\"} | message_template | takes no message",
                "discord | {\"username\": \"My Discord\"} | username | look like Stockhook",
                "zapier | {\"api_key\": \"two words\"} | api_key | look like"
            })
    void whatIsWrongIsSaidWithTheFieldAndTheFix(String name, String request, String field, String message) {
        // When
        read(name, request);

        // Then
        assertThat(errors).anySatisfy(error -> {
            assertThat(error.field()).isEqualTo(field);
            assertThat(error.message()).contains(message);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.slack.com.example.com/services/T0/B0/x",
                "https://hooks.slack.com@example.com/services/T0/B0/x",
                "https://hooks-slack.com/services/T0/B0/x",
                "http://hooks.slack.com/services/T0/B0/x",
                "https://hooks.slack.com/services/T0/B0/x?y",
                "https://hooks.slack.com:8443/services/T0/B0/x"
            })
    void noOtherHostPassesForSlack(String url) {
        // Given
        String pattern = KnownAddresses.pattern(
                List.of("https://hooks.slack.com"), "/services/[A-Z0-9]+/[A-Z0-9]+/[A-Za-z0-9]+");

        // Then
        assertThat(url).doesNotMatch(pattern);
        assertThat("https://hooks.slack.com/services/T0/B0/x").matches(pattern);
        assertThat("https://hooks.slack.com:443/services/T0/B0/x").matches(pattern);
    }

    @Test
    void anAsteriskStandsForAPartOfAHostsNameOnly() {
        // Given
        String pattern = KnownAddresses.pattern(List.of("https://*.logic.azure.com"), "/.*");

        // Then
        assertThat("https://prod-1.westeurope.logic.azure.com:443/workflows/x").matches(pattern);
        assertThat("https://example.com/x.logic.azure.com/workflows/x").doesNotMatch(pattern);
        assertThat("https://me@prod.logic.azure.com/workflows/x").doesNotMatch(pattern);
        assertThat("https://logicxazure.com/workflows/x").doesNotMatch(pattern);
    }

    @Test
    void theRulesForAddressesHoldForProvidersToo() throws JsonProcessingException {
        // When
        new ConfigurationReader(new AddressPolicy(List.of()))
                .read(
                        MockedProviders.provider(MockedProviders.NOWHERE, "slack"),
                        object("{\"webhook_url\": \"%s\"}".formatted(URL)),
                        Configuration.EMPTY,
                        errors);

        // Then
        assertThat(errors).anySatisfy(error -> assertThat(error.message()).contains("not reachable"));
    }

    @Test
    void secretsStayUnlessTheyAreGivenAnewAndOtherFieldsDoNot() throws JsonProcessingException {
        // Given
        Configuration stored = read("zapier", """
                {"webhook_url": "%s", "api_key": "key-1", "notifications": {"*": true}}""".formatted(MockedProviders.NOWHERE + ProviderMock.ZAPIER_PATH));
        Provider zapier = MockedProviders.provider(MockedProviders.NOWHERE, "zapier");
        var reader = new ConfigurationReader(MockedProviders.LOOPBACK);

        // When
        Configuration kept = reader.read(zapier, object("{\"webhook_url\": \"***\"}"), stored, errors);
        Configuration taken = reader.read(zapier, object("{\"api_key\": null}"), stored, errors);

        // Then
        assertThat(errors).isEmpty();
        assertThat(kept.given()).isEqualTo(stored.given());
        assertThat(taken.given().byName()).containsOnlyKeys("webhook_url");
        assertThat(kept.notifications()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Slack, slack",
        "Teams, teams",
        "Discord, discord",
        "PagerDuty, pagerduty",
        "Zapier, zapier",
        "Mailchimp, mailchimp"
    })
    void theExamplesOfTheDocumentationCanBePasted(String heading, String name) throws IOException {
        // Given
        String docs = Files.readString(Path.of("../docs/integrations.md"));
        String section = docs.substring(docs.indexOf("\n## " + heading + "\n"));
        String example = section.substring(section.indexOf("```json") + 7, section.indexOf("\n```\n"));
        Provider provider = new Providers(new SmallRyeConfigBuilder()
                        .withMapping(IntegrationConfig.class)
                        .build()
                        .getConfigMapping(IntegrationConfig.class))
                .require(name);

        // When
        Configuration configuration = new ConfigurationReader(new AddressPolicy(List.of()))
                .read(provider, object(example), Configuration.EMPTY, errors);
        ConfigurationReader.requireWhole(provider, configuration, errors);
        Plan.of(provider, configuration, EventTypeNames.NONE, errors);

        // Then
        assertThat(errors).isEmpty();
        for (ConfigField field : provider.fields()) {
            assertThat(section).contains("`" + field.name() + "`");
        }
    }

    private Configuration read(String name, String request) {
        try {
            Provider provider = MockedProviders.provider(MockedProviders.NOWHERE, name);
            Configuration configuration = new ConfigurationReader(MockedProviders.LOOPBACK)
                    .read(provider, object(request), Configuration.EMPTY, errors);
            ConfigurationReader.requireWhole(provider, configuration, errors);
            return configuration;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(request, e);
        }
    }

    private static ObjectNode object(String json) throws JsonProcessingException {
        return (ObjectNode) JSON.readTree(json);
    }
}
