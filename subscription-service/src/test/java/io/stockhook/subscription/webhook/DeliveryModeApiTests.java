package io.stockhook.subscription.webhook;

import static io.stockhook.subscription.testing.Api.as;
import static io.stockhook.subscription.testing.Api.createTenant;
import static io.stockhook.subscription.testing.Api.createWebhook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.Topics;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.subscription.testing.CompactedTopic;
import io.stockhook.web.auth.Roles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How deliveries reach an endpoint: in batches, in order, to be confirmed; and over how many owners they are spread. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "subscription"))
class DeliveryModeApiTests {

    private static final String WEBHOOKS = "/api/v1/webhooks";

    private String tenant = "";

    @BeforeEach
    void aTenant() {
        tenant = createTenant("Modes");
    }

    @Test
    void deliveriesAreImmediateUnlessAskedOtherwise() {
        // When
        String id = createWebhook(tenant, webhook("\"name\": \"plain\""));

        // Then
        editor().get(WEBHOOKS + "/" + id)
                .then()
                .body("mode.type", equalTo("immediate"))
                .body("parallelism", equalTo(1));
        EndpointRegistration published = published(id);
        assertThat(published.batch()).isNull();
        assertThat(published.ordered()).isNull();
        assertThat(published.confirm()).isNull();
        assertThat(published.parallelism()).isEqualTo(1);
    }

    @Test
    void aBatchHasASizeAndAWait() {
        // When
        String id =
                createWebhook(tenant, webhook("\"mode\": {\"type\": \"batch\", \"max_size\": 10}, \"parallelism\": 3"));

        // Then
        editor().get(WEBHOOKS + "/" + id)
                .then()
                .body("mode.type", equalTo("batch"))
                .body("mode.max_size", equalTo(10))
                .body("mode.max_wait", equalTo(5_000))
                .body("parallelism", equalTo(3));
        assertThat(published(id).batch()).isEqualTo(new EndpointRegistration.Batch(10, 5_000));
        assertThat(published(id).parallelism()).isEqualTo(3);
    }

    @Test
    void anOrderHasAKeyAndAnEnd() {
        // When
        String id = createWebhook(
                tenant,
                webhook(
                        "\"mode\": {\"type\": \"ordered\", \"ordering_key\": \"product_id\", \"on_exhausted\": \"suspend\"}"));

        // Then
        editor().get(WEBHOOKS + "/" + id).then().body("mode.on_exhausted", equalTo("suspend"));
        assertThat(published(id).ordered()).isEqualTo(new EndpointRegistration.Ordered("product_id", true));
    }

    @Test
    void aPatchTurnsOneModeIntoAnother() {
        // Given
        String id = createWebhook(tenant, webhook("\"mode\": {\"type\": \"ordered\"}"));
        assertThat(published(id).ordered()).isEqualTo(new EndpointRegistration.Ordered(null, false));

        // When
        editor().contentType("application/merge-patch+json")
                .body("{\"mode\": {\"type\": \"confirm\", \"confirm_within\": 60000, \"on_exhausted\": null}}")
                .patch(WEBHOOKS + "/" + id)
                .then()
                .statusCode(200)
                .body("mode.type", equalTo("confirm"));

        // Then
        assertThat(published(id).ordered()).isNull();
        assertThat(published(id).confirm()).isEqualTo(new EndpointRegistration.Confirm(60_000));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "mode": {}                                                           | mode.type
            "mode": {"type": "bulk"}                                             | mode.type
            "mode": {"type": "immediate", "max_size": 10}                        | mode.max_size
            "mode": {"type": "batch", "max_size": 1}                             | mode.max_size
            "mode": {"type": "batch", "max_size": 1001}                          | mode.max_size
            "mode": {"type": "batch", "max_wait": 20001}                         | mode.max_wait
            "mode": {"type": "batch", "ordering_key": "sku"}                     | mode.ordering_key
            "mode": {"type": "ordered", "ordering_key": "a..b"}                  | mode.ordering_key
            "mode": {"type": "ordered", "on_exhausted": "wait"}                  | mode.on_exhausted
            "mode": {"type": "ordered"}, "parallelism": 2                        | parallelism
            "mode": {"type": "ordered"}, "delay": 1000                           | delay
            "mode": {"type": "confirm", "confirm_within": 10}                    | mode.confirm_within
            "mode": {"type": "confirm", "confirm_before": 10}                    | mode.confirm_before
            "parallelism": 0                                                     | parallelism
            "parallelism": 13                                                    | parallelism
            """)
    void whatCannotBeIsRefusedByName(String fields, String field) {
        editor().body(webhook(fields)).post(WEBHOOKS).then().statusCode(400).body("errors.field", contains(field));
    }

    private RequestSpecification editor() {
        return as(tenant, Roles.EDITOR);
    }

    private static String webhook(String fields) {
        return "{\"url\": \"https://hooks.example.com/in\", \"events\": [\"*\"], " + fields + "}";
    }

    private static EndpointRegistration published(String id) {
        return CompactedTopic.latest(Topics.ENDPOINTS, id, EndpointRegistration.class);
    }
}
