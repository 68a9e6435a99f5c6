package io.stockhook.subscription.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.events.EventTypeNames;
import io.stockhook.web.problem.FieldError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlanTests {

    private static final EventTypeNames NAMES =
            EventTypeNames.of(Map.of("product.created", List.of("catalog.product.created")));

    private static final Notification WANTED = new Notification(true, null, Map.of());
    private static final Notification UNWANTED = new Notification(false, null, Map.of());
    private static final Provider SLACK = MockedProviders.provider(MockedProviders.NOWHERE, "slack");

    private final List<FieldError> errors = new ArrayList<>();
    private final Map<String, Notification> notifications = new LinkedHashMap<>();

    @Test
    void eventTypesThatAreToldOfAlikeShareAWebhook() {
        // Given
        notifications.put("order.created", WANTED);
        notifications.put("order.updated", WANTED);
        notifications.put("order.deleted", UNWANTED);
        notifications.put("product.created", message("A product: {{name}}"));

        // When
        Plan plan = plan("An order: {{order_id}}");

        // Then
        assertThat(errors).isEmpty();
        assertThat(plan.parts())
                .extracting(Plan.Part::events)
                .containsExactly(List.of("order.created", "order.updated"), List.of("product.created"));
        assertThat(plan.parts())
                .extracting(part -> part.outgoing().template())
                .containsExactly("{\"text\":\"An order: {{order_id}}\"}", "{\"text\":\"A product: {{name}}\"}");
    }

    @Test
    void anEventIsNeverToldOfTwice() {
        // Given
        notifications.put("order.*", WANTED);
        notifications.put("order.created", message("New"));

        // When
        plan(null);

        // Then
        assertThat(errors).extracting(FieldError::field).containsExactly("notifications[order.created]");
        assertThat(errors.get(0).message()).contains("order.*", "twice");
    }

    @Test
    void anAliasIsTheSameEvent() {
        // Given
        notifications.put("product.created", WANTED);
        notifications.put("catalog.product.created", message("New"));

        // When
        plan(null);

        // Then
        assertThat(errors).isNotEmpty();
    }

    @Test
    void aPatternHasNoExceptions() {
        // Given
        notifications.put("order.*", WANTED);
        notifications.put("order.deleted", UNWANTED);

        // When
        plan(null);

        // Then
        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.field()).isEqualTo("notifications[order.deleted]");
            assertThat(error.message()).contains("one by one");
        });
    }

    @Test
    void aTemplateThatGivesNoJsonIsRefusedWithItsField() {
        // Given
        notifications.put("order.created", message("{\"id\": {{id}}, \"x\": }"));

        // When
        Plan.of(
                MockedProviders.provider(MockedProviders.NOWHERE, "zapier"),
                configuration(Map.of("webhook_url", "http://127.0.0.1:1/hooks/catch/1/a/"), null),
                EventTypeNames.NONE,
                errors);

        // Then
        assertThat(errors)
                .extracting(FieldError::field)
                .containsExactly("notifications[order.created].message_template");
        assertThat(errors.get(0).message()).contains("no JSON");
    }

    @Test
    void differentMessagesAreBounded() {
        // Given
        for (int i = 0; i <= Plan.MAX_PARTS; i++) {
            notifications.put("order.type" + i, message("Message " + i));
        }

        // When
        plan(null);

        // Then
        assertThat(errors).singleElement().satisfies(error -> assertThat(error.message())
                .contains("21", "20"));
    }

    @Test
    void secretsAreTakenOutOfWhatIsShown() {
        // Given
        Provider pagerDuty = MockedProviders.provider(MockedProviders.NOWHERE, "pagerduty");
        notifications.put("order.created", WANTED);
        Configuration configuration = configuration(Map.of("routing_key", ProviderMock.ROUTING_KEY), null);

        // When
        Plan.Part part = Plan.of(pagerDuty, configuration, EventTypeNames.NONE, errors)
                .parts()
                .get(0);
        Masks masks = Masks.of(pagerDuty, configuration);

        // Then
        assertThat(part.outgoing().template()).contains(ProviderMock.ROUTING_KEY);
        assertThat(masks.apply(part.outgoing().template()))
                .doesNotContain(ProviderMock.ROUTING_KEY)
                .contains("\"routing_key\":\"***\"");
        assertThat(configuration.toString()).doesNotContain(ProviderMock.ROUTING_KEY);
        assertThat(part.toString()).doesNotContain(ProviderMock.ROUTING_KEY);
    }

    @Test
    void ofASecretUrlTheOriginIsLeft() {
        // Given
        Configuration configuration =
                configuration(Map.of("webhook_url", "https://hooks.slack.com/services/T0/B0/x"), null);

        // Then
        assertThat(Masks.of(SLACK, configuration).apply("to https://hooks.slack.com/services/T0/B0/x now"))
                .isEqualTo("to https://hooks.slack.com/*** now");
    }

    private static Notification message(String template) {
        return new Notification(true, template, Map.of());
    }

    private Plan plan(@Nullable String message) {
        return Plan.of(
                SLACK,
                configuration(Map.of("webhook_url", MockedProviders.NOWHERE + ProviderMock.SLACK_PATH), message),
                NAMES,
                errors);
    }

    private Configuration configuration(Map<String, String> values, @Nullable String message) {
        return new Configuration(new Values(values), notifications, message, true);
    }
}
