package io.stockhook.receiver.ingest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.stockhook.events.EventEnvelope;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.TestTokens;
import io.stockhook.receiver.ReceivedRecords;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "receiver"))
class OrderWebhookResourceTests {

    private static final String TENANT = TestTokens.tenant("orders");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String WEBHOOK = """
            {
              "event_type": "product.updated",
              "event": "Product ID 12 updated with new quantity",
              "created_at": "2025-09-22T12:00:00Z",
              "updated_at": "2025-09-22T12:00:00Z"
            }""";

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/webhooks/order", "/api/v1/webhooks/order/"})
    void makesAnEventOfAWebhook(String path) throws IOException {
        // When
        Response answer = publisher().body(WEBHOOK).post(path);

        // Then
        answer.then()
                .statusCode(201)
                .body("id", matchesPattern("evt_[0-9a-f]{32}"))
                .body("event_type", equalTo("product.updated"))
                .body("event", equalTo("Product ID 12 updated with new quantity"))
                .body("created_at", equalTo("2025-09-22T12:00:00Z"))
                .body("updated_at", equalTo("2025-09-22T12:00:00Z"));
        List<ConsumerRecord<String, byte[]>> records = ReceivedRecords.ofEvent(TENANT, answer.path("id"));
        assertThat(records).hasSize(1);
        EventEnvelope event =
                EventEnvelope.read(records.get(0).headers(), records.get(0).value());
        assertThat(event.type()).isEqualTo("product.updated");
        assertThat(event.source()).isEqualTo("/webhooks/order");
        assertThat(JSON.readTree(event.data())).isEqualTo(JSON.readTree(answer.asString()));
    }

    @Test
    void refusesANullAsTheEvent() {
        // When
        Response answer = publisher()
                .body(WEBHOOK.replace("\"Product ID 12 updated with new quantity\"", "null"))
                .post("/api/v1/webhooks/order");

        // Then
        answer.then().statusCode(400).body("errors[0].field", equalTo("event"));
    }

    @Test
    void takesAnyJsonAsTheEventAndKeepsItsNumbersExact() {
        // When
        Response answer = publisher()
                .body(WEBHOOK.replace(
                        "\"Product ID 12 updated with new quantity\"",
                        "{\"id\": 12, \"price\": 19.90, \"tags\": [true, null]}"))
                .post("/api/v1/webhooks/order");

        // Then
        answer.then().statusCode(201);
        List<ConsumerRecord<String, byte[]>> records = ReceivedRecords.ofEvent(TENANT, answer.path("id"));
        assertThat(records).singleElement().satisfies(published -> assertThat(published.value())
                .asString()
                .contains("\"event\":{\"id\":12,\"price\":19.90,\"tags\":[true,null]}"));
    }

    @Test
    void answersARepeatedIdempotencyKeyWithTheFirstAnswer() {
        // Given
        String key = UUID.randomUUID().toString();
        String first = publisher()
                .header("Idempotency-Key", key)
                .body(WEBHOOK)
                .post("/api/v1/webhooks/order")
                .asString();

        // When
        Response second =
                publisher().header("Idempotency-Key", key).body(WEBHOOK).post("/api/v1/webhooks/order");

        // Then
        second.then().statusCode(201).header("Idempotent-Replayed", "true");
        assertThat(second.asString()).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    event_type | {"event":"x","created_at":"2025-09-22T12:00:00Z","updated_at":"2025-09-22T12:00:00Z"}
                    event_type | {"event_type":"No","event":"x","created_at":"2025-09-22T12:00:00Z","updated_at":"2025-09-22T12:00:00Z"}
                    event_type | {"event_type":"webhook.disabled","event":"x","created_at":"2025-09-22T12:00:00Z","updated_at":"2025-09-22T12:00:00Z"}
                    event      | {"event_type":"a.b","created_at":"2025-09-22T12:00:00Z","updated_at":"2025-09-22T12:00:00Z"}
                    created_at | {"event_type":"a.b","event":"x","created_at":"yesterday","updated_at":"2025-09-22T12:00:00Z"}
                    updated_at | {"event_type":"a.b","event":"x","created_at":"2025-09-22T12:00:00Z"}
                    colour     | {"event_type":"a.b","event":"x","created_at":"2025-09-22T12:00:00Z","updated_at":"2025-09-22T12:00:00Z","colour":"red"}
                    """)
    void namesTheFieldThatIsWrong(String field, String body) {
        // When
        Response answer = publisher().body(body).post("/api/v1/webhooks/order");

        // Then
        answer.then().statusCode(400).contentType("application/problem+json").body("errors.field", hasItem(field));
    }

    @Test
    void takesNoOtherMethod() {
        // When
        Response answer = publisher().get("/api/v1/webhooks/order");

        // Then
        answer.then().statusCode(405);
    }

    @Test
    void needsATokenThatMayPublish() {
        // When
        Response nobody = given().contentType("application/json").body(WEBHOOK).post("/api/v1/webhooks/order");
        Response viewer = given().auth()
                .oauth2(TestTokens.of(TENANT, "viewer"))
                .contentType("application/json")
                .body(WEBHOOK)
                .post("/api/v1/webhooks/order");

        // Then
        nobody.then().statusCode(401);
        viewer.then().statusCode(403);
    }

    private static RequestSpecification publisher() {
        return given().auth().oauth2(TestTokens.of(TENANT, "publisher")).contentType("application/json");
    }
}
