package io.stockhook.receiver.mock;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.stockhook.events.Ids;
import io.stockhook.events.delivery.EventBatch;
import io.stockhook.events.signature.Ed25519Keys;
import io.stockhook.events.signature.SigningSecrets;
import io.stockhook.events.signature.WebhookSigner;
import io.stockhook.platform.testing.Concurrently;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.TestTokens;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "receiver"))
class MockCallResourceTests {

    private static final String MOCK = "/api/v1/mock/";
    private static final String ENDPOINTS = "/api/v1/mock-endpoints";

    private final String tenant = Ids.next(Ids.Kind.TENANT);

    @Test
    void recordsAndVerifiesASignedRequest() {
        // Given
        String secret = SigningSecrets.generate();
        String id = create("{\"name\":\"x\",\"secret\":\"%s\"}".formatted(secret));
        byte[] body = "{\"type\":\"product.created\"}".getBytes(StandardCharsets.UTF_8);
        long timestamp = Instant.now().getEpochSecond();
        WebhookSigner signer = new WebhookSigner(List.of(secret));
        Instant before = Instant.now();

        // When
        given().contentType("application/json")
                .header("webhook-id", "evt_1")
                .header("webhook-timestamp", timestamp)
                .header("webhook-signature", signer.standard("evt_1", timestamp, body))
                .header("X-Webhook-Signature", signer.classic(body))
                .body(body)
                .post(MOCK + id + "?shop=7")
                .then()
                .statusCode(200);

        // Then
        Response requests = requests(id, "newest");
        requests.then()
                .statusCode(200)
                .body("total", equalTo(1))
                .body("items[0].number", equalTo(1))
                .body("items[0].method", equalTo("POST"))
                .body("items[0].query", equalTo("shop=7"))
                .body("items[0].headers.'webhook-id'", contains("evt_1"))
                .body("items[0].body", equalTo("{\"type\":\"product.created\"}"))
                .body("items[0].body_truncated", equalTo(false))
                .body("items[0].standard_signature", equalTo("valid"))
                .body("items[0].classic_signature", equalTo("valid"))
                .body("items[0].response_status", equalTo(200));
        assertThat(Instant.parse(requests.path("items[0].received_at"))).isBetween(before, Instant.now());
    }

    @Test
    void showsAndVerifiesTheLongestBatchWhole() {
        // Given
        String secret = SigningSecrets.generate();
        String id = create("{\"name\":\"x\",\"secret\":\"%s\"}".formatted(secret));
        String text = "[{\"id\":\"evt_1\",\"data\":\"" + "x".repeat(EventBatch.MAX_BODY_BYTES - 26) + "\"}]";
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        long timestamp = Instant.now().getEpochSecond();
        WebhookSigner signer = new WebhookSigner(List.of(secret));

        // When
        given().contentType("application/json")
                .header("webhook-id", "bat_1")
                .header("webhook-timestamp", timestamp)
                .header("webhook-signature", signer.standard("bat_1", timestamp, body))
                .header("X-Webhook-Signature", signer.classic(body))
                .header("X-Webhook-Batch-Size", 1)
                .body(body)
                .post(MOCK + id)
                .then()
                .statusCode(200);

        // Then
        requests(id, "newest")
                .then()
                .body("items[0].body", equalTo(text))
                .body("items[0].body_truncated", equalTo(false))
                .body("items[0].headers.'x-webhook-batch-size'", contains("1"))
                .body("items[0].standard_signature", equalTo("valid"))
                .body("items[0].classic_signature", equalTo("valid"));
    }

    @Test
    void verifiesThePublicSchemeWithThePublicKeyItWasGiven() {
        // Given
        Ed25519Keys.Pair pair = Ed25519Keys.generate();
        String id = create("{\"name\":\"x\",\"public_key\":\"%s\"}".formatted(pair.publicKey()));
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        long timestamp = Instant.now().getEpochSecond();
        WebhookSigner signer = new WebhookSigner(List.of("secret"), List.of("v1", "v1a"), List.of(pair.privateKey()));

        // When
        given().header("webhook-id", "evt_1")
                .header("webhook-timestamp", timestamp)
                .header("webhook-signature", signer.standard("evt_1", timestamp, body))
                .body(body)
                .post(MOCK + id)
                .then()
                .statusCode(200);

        // Then
        requests(id, "newest")
                .then()
                .body("items[0].standard_signature", equalTo("valid"))
                .body("items[0].classic_signature", equalTo("no_secret"));
    }

    @Test
    void failsTwiceThenSucceeds() {
        // Given
        String id = create("{\"name\":\"x\",\"responses\":[{\"status\":500},{\"status\":503},{\"status\":200}]}");

        // When
        List<Integer> statuses = Stream.generate(() -> given().post(MOCK + id).statusCode())
                .limit(4)
                .toList();

        // Then
        assertThat(statuses).containsExactly(500, 503, 200, 200);
    }

    @Test
    void beginsItsSequenceAnewWhenItIsChanged() {
        // Given
        String id = create("{\"name\":\"x\",\"responses\":[{\"status\":500},{\"status\":200}]}");
        given().post(MOCK + id).then().statusCode(500);
        given().post(MOCK + id).then().statusCode(200);

        // When
        editor().body("{\"name\":\"y\"}").patch(ENDPOINTS + '/' + id).then().statusCode(200);

        // Then
        given().post(MOCK + id).then().statusCode(500);
    }

    @Test
    void givesEachAnswerOnceToCallsAtTheSameTime() {
        // Given
        String id = create(
                "{\"name\":\"x\",\"responses\":[{\"status\":501},{\"status\":502},{\"status\":503},{\"status\":504},{\"status\":200}]}");

        // When
        List<CompletableFuture<Integer>> calls = Stream.generate(
                        () -> Concurrently.supply(() -> given().post(MOCK + id).statusCode()))
                .limit(6)
                .toList();

        // Then
        assertThat(calls.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(501, 502, 503, 504, 200, 200);
    }

    @Test
    void answersWithBodyAndHeadersAsTold() {
        // Given
        String id = create("""
                {"name":"x","responses":[{"status":429,"body":"{\\"slow\\":\\"down é\\"}",
                 "headers":{"Content-Type":"application/json","Retry-After":"2","X-Own":"yes"}}]}""");

        // When
        Response answer = given().accept("application/xml").post(MOCK + id);

        // Then
        answer.then()
                .statusCode(429)
                .header("Retry-After", "2")
                .header("X-Own", "yes")
                .contentType("application/json");
        assertThat(answer.asByteArray()).isEqualTo("{\"slow\":\"down é\"}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void holdsItsAnswerBack() {
        // Given
        String id = create("{\"name\":\"x\",\"responses\":[{\"delay_ms\":300}]}");

        // When
        Response answer = given().post(MOCK + id);

        // Then
        answer.then().statusCode(200);
        assertThat(answer.time()).isGreaterThanOrEqualTo(300);
    }

    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"GET", "PUT", "POST", "DELETE", "HEAD", "OPTIONS", "PATCH"})
    void takesAnyMethod(Method method) {
        // Given
        String id = create("{\"name\":\"x\"}");

        // When
        int status = given().request(method, MOCK + id).statusCode();

        // Then
        assertThat(status).isEqualTo(200);
        requests(id, "newest").then().body("items[0].method", equalTo(method.name()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "application/cloudevents+json", "text/plain", "application/octet-stream"})
    void takesAnyBody(String contentType) {
        // Given
        String id = create("{\"name\":\"x\"}");
        byte[] body = {(byte) 0xFF, 0, '{'};

        // When
        given().contentType(contentType).body(body).post(MOCK + id).then().statusCode(200);
        given().contentType(contentType).post(MOCK + id).then().statusCode(200);

        // Then
        requests(id, "oldest")
                .then()
                .body("items[0].body", nullValue())
                .body("items[0].body_base64", equalTo("/wB7"))
                .body("items[1].body", equalTo(""));
    }

    @Test
    void takesNoNoticeOfAToken() {
        // Given
        String id = create("{\"name\":\"x\"}");

        // When
        Response garbage = given().header("Authorization", "Bearer not-a-token").post(MOCK + id);
        Response basic = given().header("Authorization", "Basic eDp5").post(MOCK + id);

        // Then
        garbage.then().statusCode(200);
        basic.then().statusCode(200);
    }

    @Test
    void keepsTheBeginningOfALongBodyAndVerifiesAllOfIt() {
        // Given
        String secret = SigningSecrets.generate();
        String id = create("{\"name\":\"x\",\"secret\":\"%s\"}".formatted(secret));
        byte[] body = "x".repeat(600 * 1024).getBytes(StandardCharsets.UTF_8);

        // When
        given().header("X-Webhook-Signature", new WebhookSigner(List.of(secret)).classic(body))
                .contentType("text/plain")
                .body(body)
                .post(MOCK + id)
                .then()
                .statusCode(200);

        // Then
        requests(id, "newest")
                .then()
                .body("items[0].body_truncated", equalTo(true))
                .body("items[0].body_bytes", equalTo(600 * 1024))
                .body("items[0].classic_signature", equalTo("valid"))
                .body("items[0].standard_signature", equalTo("missing"));
    }

    @Test
    void keepsTheNewestRequestsInEitherOrderPageByPage() {
        // Given
        String id = create("{\"name\":\"x\"}");
        for (int call = 0; call < 7; call++) {
            given().post(MOCK + id);
        }

        // When
        Response newest = requests(id, "newest");
        Response oldest =
                editor().queryParam("order", "oldest").queryParam("limit", 3).get(path(id));
        Response rest = editor().queryParam("order", "oldest")
                .queryParam("limit", 3)
                .queryParam("cursor", oldest.<String>path("next"))
                .get(path(id));

        // Then
        newest.then().body("items.number", contains(7, 6, 5, 4, 3)).body("total", greaterThanOrEqualTo(5));
        oldest.then().body("items.number", contains(3, 4, 5));
        rest.then().body("items.number", contains(6, 7)).body("next", nullValue());
    }

    @Test
    void endsAPageOfLongBodiesEarly() {
        // Given
        String id = create("{\"name\":\"x\"}");
        for (int call = 0; call < 3; call++) {
            given().contentType("text/plain")
                    .body("x".repeat(200 * 1024))
                    .post(MOCK + id)
                    .then()
                    .statusCode(200);
        }

        // When
        Response first = requests(id, "oldest");
        Response second = editor().queryParam("order", "oldest")
                .queryParam("cursor", first.<String>path("next"))
                .get(path(id));

        // Then
        first.then().body("items.number", contains(1, 2));
        second.then().body("items.number", contains(3)).body("next", nullValue());
    }

    @Test
    void takesNoMoreOfABodyThanADeliveryMayHave() {
        // Given
        String id = create("{\"name\":\"x\"}");

        // When
        Response answer = given().contentType("text/plain")
                .body("x".repeat(1024 * 1024 + 1))
                .post(MOCK + id);

        // Then
        answer.then().statusCode(413).contentType("application/problem+json");
        requests(id, "newest").then().body("items", hasSize(0));
    }

    @Test
    void showsAHeaderWhoseNameIsLongerThanTheApiWouldTake() {
        // Given
        String id = create("{\"name\":\"x\"}");
        String name = "x-" + "n".repeat(2_000);

        // When
        given().header(name, "1").post(MOCK + id).then().statusCode(200);

        // Then
        requests(id, "newest").then().statusCode(200).body("items[0].headers.'" + name + "'", contains("1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"::no uri", "http://localhost:8080/elsewhere"})
    void leavesALocationAsItWasTold(String location) {
        // Given
        String id = create("{\"name\":\"x\",\"responses\":[{\"status\":302,\"headers\":{\"Location\":\"%s\"}}]}"
                .formatted(location));

        // When
        Response answer = given().redirects().follow(false).post(MOCK + id);

        // Then
        answer.then().statusCode(302).header("Location", location);
    }

    @Test
    void doesNotKnowWhatIsNoIdAtAll() {
        given().urlEncodingEnabled(false).post(MOCK + "%00").then().statusCode(404);
        for (String path : List.of(ENDPOINTS + "/%00", path("%00"))) {
            editor().urlEncodingEnabled(false).get(path).then().statusCode(404);
        }
        editor().urlEncodingEnabled(false)
                .body("{}")
                .patch(ENDPOINTS + "/%00")
                .then()
                .statusCode(404);
    }

    @Test
    void forgetsItsRequestsWhenTold() {
        // Given
        String id = create("{\"name\":\"x\"}");
        given().post(MOCK + id);

        // When
        editor().delete(path(id)).then().statusCode(204);

        // Then
        requests(id, "newest").then().body("items", hasSize(0));
    }

    @Test
    void refusesAnOrderItDoesNotKnow() {
        // Given
        String id = create("{\"name\":\"x\"}");

        // When
        Response answer = requests(id, "random");

        // Then
        answer.then().statusCode(400).body("errors.field", contains("order"));
    }

    @Test
    void doesNotKnowWhatWasNeverCreated() {
        // When
        Response answer = given().post(MOCK + "mock_00000000000000000000000000000000");

        // Then
        answer.then().statusCode(404).contentType("application/problem+json");
    }

    private Response requests(String id, String order) {
        return editor().queryParam("order", order).get(path(id));
    }

    private static String path(String id) {
        return ENDPOINTS + '/' + id + "/requests";
    }

    private RequestSpecification editor() {
        return given().auth().oauth2(TestTokens.of(tenant, "editor")).contentType("application/json");
    }

    private String create(String body) {
        return editor().body(body)
                .post(ENDPOINTS)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }
}
