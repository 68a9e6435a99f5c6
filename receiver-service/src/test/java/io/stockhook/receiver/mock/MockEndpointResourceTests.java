package io.stockhook.receiver.mock;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.stockhook.events.Ids;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.TestTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "receiver"))
class MockEndpointResourceTests {

    private static final String PATH = "/api/v1/mock-endpoints";

    private final String tenant = Ids.next(Ids.Kind.TENANT);

    @Test
    void createsAMockEndpointAndNeverShowsItsSecret() {
        // When
        Response answer = editor().body("{\"name\":\"ERP\",\"secret\":\"whsec_c2VjcmV0\"}")
                .post(PATH);

        // Then
        String id = answer.path("id");
        answer.then()
                .statusCode(201)
                .header("Location", notNullValue())
                .header("ETag", "\"1\"")
                .body("url", equalTo("http://stockhook.test/api/v1/mock/" + id))
                .body("has_secret", equalTo(true))
                .body("header_prefix", equalTo("X-Webhook-"))
                .body("responses.status", contains(200))
                .body("$", not(hasKey("secret")));
        assertThat(answer.asString()).doesNotContain("whsec_");
    }

    @Test
    void replacesEverythingButTheSecret() {
        // Given
        String id = create("{\"name\":\"ERP\",\"secret\":\"s\",\"header_prefix\":\"X-Axon-\"}");

        // When
        Response answer =
                editor().header("If-Match", "\"1\"").body("{\"name\":\"CRM\"}").put(PATH + '/' + id);

        // Then
        answer.then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("name", equalTo("CRM"))
                .body("has_secret", equalTo(true))
                .body("header_prefix", equalTo("X-Webhook-"));
    }

    @Test
    void changesWhatAPatchNames() {
        // Given
        String id = create("{\"name\":\"ERP\",\"secret\":\"s\"}");

        // When
        Response answer = editor().contentType("application/merge-patch+json")
                .body("{\"secret\":null,\"responses\":[{\"status\":503,\"headers\":{\"Retry-After\":\"1\"}}]}")
                .patch(PATH + '/' + id);

        // Then
        answer.then()
                .statusCode(200)
                .body("name", equalTo("ERP"))
                .body("has_secret", equalTo(false))
                .body("responses.status", contains(503))
                .body("responses[0].headers.'Retry-After'", equalTo("1"));
    }

    @Test
    void showsItsPublicKeyAndTakesNoOtherTextForOne() {
        // Given
        String key = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=";
        String id = create("{\"name\":\"ERP\",\"public_key\":\"" + key + "\"}");

        // When
        Response wrong = editor().body("{\"public_key\":\"whpk_AAAA\"}").patch(PATH + '/' + id);
        Response kept = editor().body("{\"name\":\"CRM\"}").patch(PATH + '/' + id);
        Response removed = editor().body("{\"public_key\":null}").patch(PATH + '/' + id);

        // Then
        wrong.then().statusCode(400).body("errors.field", contains("public_key"));
        kept.then().statusCode(200).body("public_key", equalTo(key));
        removed.then().statusCode(200).body("public_key", nullValue());
    }

    @Test
    void namesTheFieldOfAPatchThatIsWrong() {
        // Given
        String id = create("{\"name\":\"ERP\"}");

        // When
        Response unknown = editor().body("{\"colour\":\"red\"}").patch(PATH + '/' + id);
        Response emptied = editor().body("{\"name\":null}").patch(PATH + '/' + id);

        // Then
        unknown.then().statusCode(400).body("errors.field", contains("colour"));
        emptied.then().statusCode(400).body("errors.field", contains("name"));
    }

    @Test
    void refusesAChangeOfAnotherVersion() {
        // Given
        String id = create("{\"name\":\"ERP\"}");

        // When
        Response answer =
                editor().header("If-Match", "\"7\"").body("{\"name\":\"CRM\"}").put(PATH + '/' + id);

        // Then
        answer.then().statusCode(412).contentType("application/problem+json");
    }

    @Test
    void deletesAMockEndpoint() {
        // Given
        String id = create("{\"name\":\"ERP\"}");
        given().post("/api/v1/mock/" + id).then().statusCode(200);

        // When
        editor().delete(PATH + '/' + id).then().statusCode(204);

        // Then
        editor().get(PATH + '/' + id).then().statusCode(404);
        given().post("/api/v1/mock/" + id).then().statusCode(404);
    }

    @Test
    void listsPageByPageInOrderOfCreation() {
        // Given
        String first = create("{\"name\":\"1\"}");
        String second = create("{\"name\":\"2\"}");
        String third = create("{\"name\":\"3\"}");

        // When
        Response one = editor().queryParam("limit", 2).get(PATH);
        Response two = editor().queryParam("limit", 2)
                .queryParam("cursor", one.<String>path("next"))
                .get(PATH);

        // Then
        one.then().statusCode(200).body("items.id", contains(first, second));
        two.then().statusCode(200).body("items.id", contains(third)).body("next", nullValue());
    }

    @Test
    void aForeignTenantsMockEndpointDoesNotExist() {
        // Given
        String id = create("{\"name\":\"ERP\"}");
        String foreign = TestTokens.of(TestTokens.tenant("foreign"), "owner");

        // When
        Response read = given().auth().oauth2(foreign).get(PATH + '/' + id);
        Response requests = given().auth().oauth2(foreign).get(PATH + '/' + id + "/requests");
        Response list = given().auth().oauth2(foreign).get(PATH);

        // Then
        read.then().statusCode(404).contentType("application/problem+json");
        requests.then().statusCode(404);
        list.then().statusCode(200).body("items", hasSize(0));
    }

    @Test
    void viewersReadAndEditorsWrite() {
        // Given
        String id = create("{\"name\":\"ERP\"}");
        String viewer = TestTokens.of(tenant, "viewer");
        String publisher = TestTokens.of(tenant, "publisher");

        // When
        Response read = given().auth().oauth2(viewer).get(PATH + '/' + id);
        Response write = given().auth()
                .oauth2(viewer)
                .contentType("application/json")
                .body("{\"name\":\"x\"}")
                .post(PATH);
        Response readByPublisher = given().auth().oauth2(publisher).get(PATH + '/' + id);
        Response nobody = given().get(PATH);

        // Then
        read.then().statusCode(200);
        write.then().statusCode(403);
        readByPublisher.then().statusCode(403);
        nobody.then().statusCode(401).header("WWW-Authenticate", startsWith("Bearer"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    name                   | {}
                    name                   | {"name":" "}
                    header_prefix          | {"name":"x","header_prefix":"X Axon"}
                    responses              | {"name":"x","responses":[]}
                    responses[0].status    | {"name":"x","responses":[{"status":99}]}
                    responses[1].delay_ms  | {"name":"x","responses":[{},{"delay_ms":60001}]}
                    responses[0]           | {"name":"x","responses":[{"status":204,"body":"x"}]}
                    responses[0]           | {"name":"x","responses":[{"headers":{"content-type":"nonsense"}}]}
                    colour                 | {"name":"x","colour":"red"}
                    """)
    void namesTheFieldThatIsWrong(String field, String body) {
        // When
        Response answer = editor().body(body).post(PATH);

        // Then
        answer.then().statusCode(400).contentType("application/problem+json").body("errors.field", hasItem(field));
    }

    @Test
    void refusesHeadersThatFrameTheMessage() {
        // When
        Response answer = editor().body("{\"name\":\"x\",\"responses\":[{\"headers\":{\"Content-Length\":\"7\"}}]}")
                .post(PATH);

        // Then
        answer.then().statusCode(400).contentType("application/problem+json");
    }

    private RequestSpecification editor() {
        return given().auth().oauth2(TestTokens.of(tenant, "editor")).contentType("application/json");
    }

    private String create(String body) {
        return editor().body(body).post(PATH).then().statusCode(201).extract().path("id");
    }
}
