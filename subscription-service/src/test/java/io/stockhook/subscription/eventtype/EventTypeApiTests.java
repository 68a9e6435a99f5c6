package io.stockhook.subscription.eventtype;

import static io.stockhook.subscription.testing.Api.as;
import static io.stockhook.subscription.testing.Api.asAdmin;
import static io.stockhook.subscription.testing.Api.createTenant;
import static io.stockhook.subscription.testing.Api.createWebhook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.stockhook.events.EventEnvelope;
import io.stockhook.events.EventTypeRecord;
import io.stockhook.events.Ids;
import io.stockhook.events.MicroClock;
import io.stockhook.events.Topics;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.subscription.testing.CompactedTopic;
import io.stockhook.subscription.testing.Topic;
import io.stockhook.web.auth.Roles;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(
        value = PlatformTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "subscription"))
class EventTypeApiTests {

    private static final String TYPES = "/api/v1/event-types";
    private static final String CATEGORIES = "/api/v1/event-type-categories";
    private static final String LEAD_WON = """
            {
              "name": "crm.lead_won",
              "display_name": "Lead won",
              "description": "A lead signed the contract.",
              "category": "sales",
              "payload_schema": {
                "type": "object",
                "required": ["lead_id"],
                "properties": {"lead_id": {"type": "string"}, "amount": {"type": "number", "multipleOf": 0.01}}
              },
              "example_payload": {"lead_id": "L-17", "amount": 1200.50}
            }""";
    private static final String WITH_CURRENCY = """
            {
              "description": "Amounts have a currency.",
              "payload_schema": {
                "type": "object",
                "required": ["lead_id"],
                "properties": {
                  "lead_id": {"type": "string"}, "amount": {"type": "number", "multipleOf": 0.01}, "currency": {"type": "string"}
                }
              },
              "example_payload": {"lead_id": "L-17", "amount": 5, "currency": "EUR"}
            }""";
    private static final String RENAMED = """
            {
              "payload_schema": {"type": "object", "properties": {"lead": {"type": "string"}, "amount": {"type": "string"}}},
              "downgrade": "{\\"lead_id\\": {{{lead}}}}"
            }""";

    private String tenant = "";

    @BeforeEach
    void aTenant() {
        tenant = createTenant("Types");
    }

    @Test
    void theListReadsLikeWhatCanBeSubscribedTo() {
        viewer().get(TYPES + "?limit=200")
                .then()
                .statusCode(200)
                .body("total", equalTo(35))
                .body("next", nullValue())
                .body(
                        "items.name",
                        hasItems("order.created", "product.updated", "search.zero_results", "webhook.disabled"))
                .body("items.display_name", everyItem(not(empty())))
                .body("items.description", everyItem(not(empty())))
                .body("items.payload_schema", everyItem(notNullValue()))
                .body("items.example_payload", everyItem(notNullValue()))
                .body("items.version", everyItem(equalTo(1)));
    }

    @Test
    void aTypeOfThePlatformIsShownByItsNameAndByItsAlias() {
        for (String spelling : List.of("product.created", "catalog.product.created")) {
            viewer().get(TYPES + "/" + spelling)
                    .then()
                    .statusCode(200)
                    .body("name", equalTo("product.created"))
                    .body("aliases", contains("catalog.product.created"))
                    .body("category", equalTo("catalog"))
                    .body("custom", equalTo(false))
                    .body("emitted_by", equalTo("inventory-service"))
                    .body("deprecated", equalTo(false))
                    .body("payload_schema.properties.price.type", equalTo("number"))
                    .body("example_payload.price", equalTo(89.99f))
                    .body("last_triggered", nullValue());
        }
    }

    @Test
    void thePlatformsTypesAreOnTheTopic() {
        var type = CompactedTopic.latest(
                Topics.EVENT_TYPES, EventTypeRecord.key(null, "product.out_of_stock"), EventTypeRecord.class);

        assertThat(type.aliases()).containsExactly("inventory.out_of_stock");
        assertThat(type.versions()).hasSize(1);
        assertThat(type.versions().get(0).payloadSchema()).contains("\"product_id\"");
    }

    @Test
    void aTenantMakesATypeThatIsOnTheTopicWhenThatIsAnswered() {
        // When
        var answer = editor().body(LEAD_WON).post(TYPES).then();

        // Then
        answer.statusCode(201)
                .header("ETag", "\"1\"")
                .header("Location", containsString(TYPES + "/crm.lead_won"))
                .body("name", equalTo("crm.lead_won"))
                .body("custom", equalTo(true))
                .body("version", equalTo(1))
                .body("revision", equalTo(1))
                .body("webhooks_count", equalTo(0))
                .body("example_payload.amount", equalTo(1200.50f));
        EventTypeRecord published = published("crm.lead_won");
        assertThat(published.tenantId()).isEqualTo(tenant);
        assertThat(published.versions()).hasSize(1);
        viewer().get(TYPES + "/crm.lead_won").then().statusCode(200).body("display_name", equalTo("Lead won"));
    }

    @Test
    void aTypeNeedsNothingButItsName() {
        editor().body("{\"name\": \"crm.lead_lost\"}")
                .post(TYPES)
                .then()
                .statusCode(201)
                .body("display_name", equalTo("Crm lead lost"))
                .body("category", equalTo("custom"))
                .body("payload_schema", nullValue())
                .body("example_payload", nullValue());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"name": "lead"}                                                    | name
            {"name": "Crm.Lead"}                                                | name
            {"name": "product.created"}                                         | name
            {"name": "catalog.product.created"}                                 | name
            {"name": "webhook.disabled_again"}                                  | name
            {"name": "system.anything"}                                         | name
            {"name": "a.b", "category": "My Category"}                          | category
            {"name": "a.b", "payload_schema": {"type": "text"}}                 | payload_schema.type
            {"name": "a.b", "payload_schema": {"$ref": "https://example.com/x"}} | payload_schema.$ref
            {"name": "a.b", "payload_schema": {"properties": {"x": {"pattern": "(?=a)"}}}} | payload_schema.properties.x.pattern
            {"name": "a.b", "payload_schema": {"required": ["x"]}, "example_payload": {}} | example_payload.x
            {"name": "a.b", "payload_schema": 5}                                | payload_schema
            {"name": "a.b", "schema": {}}                                       | schema
            {"display_name": "No name"}                                         | name
            """)
    void aTypeThatIsWrongIsRefusedByTheField(String request, String field) {
        editor().body(request).post(TYPES).then().statusCode(400).body("errors.field", hasItem(field));
    }

    @Test
    void aNameIsTakenOnceByATenantAndFreeForOthers() {
        // Given
        make(LEAD_WON);
        String other = createTenant("Others");

        // Then
        editor().body(LEAD_WON).post(TYPES).then().statusCode(409).body("errors[0].field", equalTo("name"));
        as(other, Roles.EDITOR).body(LEAD_WON).post(TYPES).then().statusCode(201);
    }

    @Test
    void anotherTenantSeesNothingOfAType() {
        // Given
        make(LEAD_WON);
        String other = createTenant("Others");

        // Then
        as(other, Roles.EDITOR).get(TYPES + "/crm.lead_won").then().statusCode(404);
        as(other, Roles.EDITOR).get(TYPES + "/crm.lead_won/versions").then().statusCode(404);
        as(other, Roles.EDITOR).body("{}").patch(TYPES + "/crm.lead_won").then().statusCode(404);
        as(other, Roles.EDITOR).delete(TYPES + "/crm.lead_won").then().statusCode(404);
        as(other, Roles.EDITOR)
                .body(WITH_CURRENCY)
                .post(TYPES + "/crm.lead_won/versions")
                .then()
                .statusCode(404);
        as(other, Roles.VIEWER).get(TYPES + "?custom=true").then().body("items", empty());
    }

    @Test
    void whoMayOnlyLookMakesNothing() {
        viewer().body(LEAD_WON).post(TYPES).then().statusCode(403);
        as(tenant, Roles.PUBLISHER).body(LEAD_WON).post(TYPES).then().statusCode(403);
        as(tenant, Roles.PUBLISHER).get(TYPES).then().statusCode(200);
    }

    @Test
    void whatThePlatformHasIsNotTheTenantsToChange() {
        editor().body("{\"deprecated\": true}")
                .patch(TYPES + "/order.created")
                .then()
                .statusCode(409);
        editor().body("{}").put(TYPES + "/order.created").then().statusCode(409);
        editor().delete(TYPES + "/order.created").then().statusCode(409);
        editor().body(WITH_CURRENCY)
                .post(TYPES + "/order.created/versions")
                .then()
                .statusCode(409);
    }

    @Test
    void aTypeIsDeprecatedWithWhatStandsInForIt() {
        // Given
        make(LEAD_WON);

        // When
        editor().body(
                        "{\"deprecated\": true, \"deprecation_reason\": \"Too coarse.\", \"replacement\": \"order.created\"}")
                .header("If-Match", "\"1\"")
                .patch(TYPES + "/crm.lead_won")
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("deprecated", equalTo(true))
                .body("display_name", equalTo("Lead won"));

        // Then
        assertThat(published("crm.lead_won").deprecated()).isTrue();
        viewer().get(TYPES + "?status=deprecated").then().body("items.name", contains("crm.lead_won"));
        viewer().get(TYPES + "?status=active&custom=true").then().body("items", empty());
        editor().body("{}")
                .header("If-Match", "\"1\"")
                .patch(TYPES + "/crm.lead_won")
                .then()
                .statusCode(412);
        editor().body("{\"deprecated\": false}")
                .patch(TYPES + "/crm.lead_won")
                .then()
                .statusCode(200)
                .body("deprecated", equalTo(false))
                .body("replacement", nullValue());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"replacement": "order.created"}                        | replacement
            {"deprecation_reason": "x"}                             | deprecation_reason
            {"deprecated": true, "replacement": "crm.lead_won"}     | replacement
            {"deprecated": true, "replacement": "crm.never_there"}  | replacement
            {"payload_schema": {}}                                  | payload_schema
            {"name": "crm.other"}                                   | name
            """)
    void aChangeThatIsWrongIsRefusedByTheField(String change, String field) {
        // Given
        make(LEAD_WON);

        // Then
        editor().body(change)
                .patch(TYPES + "/crm.lead_won")
                .then()
                .statusCode(400)
                .body("errors.field", hasItem(field));
    }

    @Test
    void aPutReplacesAllThatMayChange() {
        // Given
        make(LEAD_WON);

        // When
        editor().body("{\"description\": \"Won.\"}")
                .put(TYPES + "/crm.lead_won")
                .then()
                .statusCode(200)
                .body("description", equalTo("Won."))
                .body("category", equalTo("custom"))
                .body("display_name", equalTo("Crm lead won"))
                .body("payload_schema.required", contains("lead_id"));
    }

    @Test
    void aTypeThatWebhooksSubscribeToIsNotDeleted() {
        // Given
        make(LEAD_WON);
        String webhook = createWebhook(tenant, webhook("crm.lead_won"));
        createWebhook(tenant, webhook("crm.*"));

        // When
        editor().delete(TYPES + "/crm.lead_won")
                .then()
                .statusCode(409)
                .body("detail", containsString("1 webhook subscribes to 'crm.lead_won'"));

        // Then
        editor().delete("/api/v1/webhooks/" + webhook).then().statusCode(204);
        editor().delete(TYPES + "/crm.lead_won").then().statusCode(204);
        editor().get(TYPES + "/crm.lead_won").then().statusCode(404);
        assertThat(CompactedTopic.isDeleted(Topics.EVENT_TYPES, EventTypeRecord.key(tenant, "crm.lead_won")))
                .isTrue();
    }

    @Test
    void aDeletedTenantsTypesEndWithIt() {
        // Given
        make(LEAD_WON);

        // When
        asAdmin().delete("/api/v1/tenants/" + tenant).then().statusCode(204);

        // Then
        assertThat(CompactedTopic.isDeleted(Topics.EVENT_TYPES, EventTypeRecord.key(tenant, "crm.lead_won")))
                .isTrue();
    }

    @Test
    void aTypeCountsTheWebhooksThatGetItHoweverTheyAskForIt() {
        // Given
        createWebhook(tenant, webhook("product.created"));
        createWebhook(tenant, webhook("catalog.product.created", "product.created"));
        createWebhook(tenant, webhook("catalog.*"));
        createWebhook(tenant, webhook("order.*"));

        // Then
        viewer().get(TYPES + "/product.created").then().body("webhooks_count", equalTo(3));
        viewer().get(TYPES + "?limit=200")
                .then()
                .body("items.find { it.name == 'product.created' }.webhooks_count", equalTo(3))
                .body("items.find { it.name == 'order.shipped' }.webhooks_count", equalTo(1))
                .body("items.find { it.name == 'user.login' }.webhooks_count", equalTo(0));
    }

    @Test
    void theListIsFiltered() {
        // Given
        make(LEAD_WON);

        // Then
        viewer().get(TYPES + "?category=sales")
                .then()
                .body("items.name", hasItems("crm.lead_won", "order.created"))
                .body("total", equalTo(6));
        viewer().get(TYPES + "?custom=true").then().body("items.name", contains("crm.lead_won"));
        viewer().get(TYPES + "?custom=false").then().body("total", equalTo(35));
        viewer().get(TYPES + "?text=SIGNED").then().body("items.name", contains("crm.lead_won"));
        viewer().get(TYPES + "?text=out_of").then().body("items.name", contains("product.out_of_stock"));
        viewer().get(TYPES + "?category=nobody_has_it").then().statusCode(200).body("items", empty());
    }

    @ParameterizedTest
    @CsvSource({
        "status=paused, status",
        "custom=maybe, custom",
        "category=My, category",
        "kind=x, kind",
        "cursor=x, cursor"
    })
    void aFilterThatIsWrongIsRefusedByItsName(String query, String parameter) {
        viewer().get(TYPES + "?" + query).then().statusCode(400).body("errors.field", contains(parameter));
    }

    @Test
    void aTenantsTypesStandAmongThePlatformsOnEveryPage() {
        // Given
        make(LEAD_WON);
        make("{\"name\": \"zoo.opened\"}");

        // When
        List<String> names = new ArrayList<>();
        String cursor = "";
        do {
            var page = viewer().get(TYPES + "?limit=5" + cursor)
                    .then()
                    .statusCode(200)
                    .body("total", equalTo(37))
                    .extract();
            names.addAll(page.path("items.name"));
            String next = page.path("next");
            cursor = next == null ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());

        // Then
        assertThat(names).hasSize(37).isSorted().doesNotHaveDuplicates().contains("crm.lead_won", "zoo.opened");
    }

    @Test
    void theCategoriesAreListedWithTheirCounts() {
        // Given
        make(LEAD_WON);
        make("{\"name\": \"zoo.opened\", \"category\": \"petting_zoo\"}");

        // Then
        viewer().get(CATEGORIES)
                .then()
                .statusCode(200)
                .body("items.find { it.name == 'sales' }.event_count", equalTo(6))
                .body("items.find { it.name == 'sales' }.display_name", equalTo("Sales"))
                .body("items.find { it.name == 'petting_zoo' }.event_count", equalTo(1))
                .body("items.find { it.name == 'petting_zoo' }.display_name", equalTo("Petting zoo"))
                .body("items.find { it.name == 'catalog' }.event_count", equalTo(5));
    }

    @Test
    void aVersionThatBreaksNothingIsAdded() {
        // Given
        make(LEAD_WON);

        // When
        editor().body(WITH_CURRENCY)
                .post(TYPES + "/crm.lead_won/versions")
                .then()
                .statusCode(201)
                .header("Location", containsString(TYPES + "/crm.lead_won/versions/2"))
                .body("version", equalTo(2))
                .body("breaks", empty());

        // Then
        viewer().get(TYPES + "/crm.lead_won")
                .then()
                .body("version", equalTo(2))
                .body("revision", equalTo(2))
                .body("payload_schema.properties.currency", notNullValue());
        viewer().get(TYPES + "/crm.lead_won/versions")
                .then()
                .body("items.version", contains(2, 1))
                .body("items[0].description", equalTo("Amounts have a currency."));
        viewer().get(TYPES + "/crm.lead_won/versions/1")
                .then()
                .statusCode(200)
                .body("payload_schema.properties", not(hasItem("currency")));
        viewer().get(TYPES + "/crm.lead_won/versions/3").then().statusCode(404);
        assertThat(published("crm.lead_won").versions())
                .extracting(EventTypeRecord.Version::version)
                .containsExactly(1, 2);
    }

    @Test
    void aVersionThatBreaksSomethingIsRefusedWithAllThatItBreaksUnlessItMay() {
        // Given
        make(LEAD_WON);
        String versions = TYPES + "/crm.lead_won/versions";
        List<String> broken = List.of(
                "payload_schema.properties.lead_id",
                "payload_schema.properties.lead_id",
                "payload_schema.properties.amount.type",
                "payload_schema.properties.amount.multipleOf");

        // When
        editor().body(RENAMED)
                .post(versions)
                .then()
                .statusCode(409)
                .body("type", containsString("incompatible-version"))
                .body("detail", containsString("version 1"))
                .body("errors.field", containsInAnyOrderOf(broken));
        viewer().body(RENAMED)
                .post(versions + "/check")
                .then()
                .statusCode(200)
                .body("compatible", equalTo(false))
                .body("version", equalTo(2))
                .body("breaks.field", containsInAnyOrderOf(broken));
        editor().body(RENAMED)
                .post(versions + "?compatibility=none")
                .then()
                .statusCode(201)
                .body("version", equalTo(2))
                .body("breaks", hasSize(4));

        // Then
        assertThat(published("crm.lead_won").versions().get(1).downgrade()).isEqualTo("{\"lead_id\": {{{lead}}}}");
        viewer().get(versions).then().body("items", hasSize(2)).body("items[0].breaks", hasSize(4));
    }

    @Test
    void aVersionCanBeCheckedAgainstThePlatformsTypesAsWell() {
        viewer().body("{\"payload_schema\": {\"type\": \"object\"}}")
                .post(TYPES + "/order.created/versions/check")
                .then()
                .statusCode(200)
                .body("compatible", equalTo(false))
                .body("breaks.field", hasItem("payload_schema.properties.order_id"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                  |                    | payload_schema
            {"payload_schema": {}, "downgrade": "{{#x}}"}                       |                    | downgrade
            {"payload_schema": {}, "example_payload": 5}                        |                    | example_payload
            {"payload_schema": {"required": ["x"]}, "example_payload": {}}      |                    | example_payload.x
            {"payload_schema": {}}                                              | ?compatibility=all | compatibility
            """)
    void aVersionThatIsWrongIsRefusedByTheField(String version, @Nullable String query, String field) {
        // Given
        make(LEAD_WON);

        // Then
        editor().body(version)
                .post(TYPES + "/crm.lead_won/versions" + (query == null ? "" : query))
                .then()
                .statusCode(400)
                .body("errors.field", hasItem(field));
    }

    @Test
    void webhooksAreWarnedOfWhatTheySubscribeTo() {
        // Given
        make(LEAD_WON);
        editor().body("{\"deprecated\": true, \"replacement\": \"order.created\"}")
                .patch(TYPES + "/crm.lead_won")
                .then()
                .statusCode(200);
        String webhook = """
                {"url": "https://hooks.example.com/in", "events": ["crm.lead_won", "order.created", "oder.created"],
                 "filters": {"order_status": ["confirmed"], "min_amount": 100, "$or": [{"customer.emial": "x"}, {"lead_id": "L-1"}]},
                 "payload_version": 7}""";

        // When
        var created = editor().body(webhook).post("/api/v1/webhooks").then().statusCode(201);

        // Then
        String id = created.body(
                        "warnings.field",
                        contains(
                                "events[0]",
                                "events[2]",
                                "payload_version",
                                "filters.order_status",
                                "filters.$or[0].customer.emial"))
                .body("warnings[0].message", containsString("order.created instead"))
                .body("payload_version", equalTo(7))
                .extract()
                .path("id");
        viewer().get("/api/v1/webhooks/" + id).then().body("warnings", hasSize(5));
        viewer().get("/api/v1/webhooks").then().body("items[0].warnings", nullValue());
        editor().body("{\"events\": [\"*\"], \"filters\": null, \"payload_version\": null}")
                .patch("/api/v1/webhooks/" + id)
                .then()
                .statusCode(200)
                .body("warnings", empty())
                .body("payload_version", nullValue());
    }

    @Test
    void aTypeKnowsWhenItWasThereLast() {
        // Given
        make(LEAD_WON);

        Topic.send(new ProducerRecord<>(Topics.RECEIVED_EVENTS, null, null));

        // When
        publish("crm.lead_won");
        publish("order.created");
        publish("nobody.knows_it");

        // Then
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> viewer().get(TYPES + "/crm.lead_won").then().body("last_triggered", notNullValue()));
        viewer().get(TYPES + "?limit=200")
                .then()
                .body("items.findAll { it.last_triggered != null }.name", contains("crm.lead_won", "order.created"));
        as(createTenant("Others"), Roles.VIEWER)
                .get(TYPES + "/order.created")
                .then()
                .body("last_triggered", nullValue());
    }

    private void publish(String type) {
        EventEnvelope event = new EventEnvelope(
                Ids.next(Ids.Kind.EVENT),
                type,
                "/test",
                null,
                MicroClock.now(),
                tenant,
                null,
                null,
                null,
                "{}".getBytes(StandardCharsets.UTF_8));
        ProducerRecord<byte[], byte[]> target = new ProducerRecord<>(
                Topics.RECEIVED_EVENTS, event.recordKey().getBytes(StandardCharsets.UTF_8), event.data());
        event.headers().forEach(target.headers()::add);
        Topic.send(target);
    }

    private static org.hamcrest.Matcher<Iterable<? extends String>> containsInAnyOrderOf(List<String> items) {
        return org.hamcrest.Matchers.containsInAnyOrder(items.toArray(String[]::new));
    }

    private void make(String type) {
        editor().body(type).post(TYPES).then().statusCode(201);
    }

    private EventTypeRecord published(String name) {
        return CompactedTopic.latest(Topics.EVENT_TYPES, EventTypeRecord.key(tenant, name), EventTypeRecord.class);
    }

    private static String webhook(String... events) {
        return "{\"url\": \"https://hooks.example.com/in\", \"events\": [\"%s\"]}"
                .formatted(String.join("\", \"", events));
    }

    private RequestSpecification editor() {
        return as(tenant, Roles.EDITOR);
    }

    private RequestSpecification viewer() {
        return as(tenant, Roles.VIEWER);
    }
}
