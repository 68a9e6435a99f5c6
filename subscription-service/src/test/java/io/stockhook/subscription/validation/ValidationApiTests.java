package io.stockhook.subscription.validation;

import static io.stockhook.subscription.testing.Api.as;
import static io.stockhook.subscription.testing.Api.createTenant;
import static io.stockhook.subscription.testing.Api.createWebhook;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.stockhook.events.signature.SigningSecrets;
import io.stockhook.events.signature.WebhookSigner;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.web.auth.Roles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a signature, a payload, a url, a filter, asked over HTTP. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "subscription"))
class ValidationApiTests {

    private static final String VALIDATE = "/api/v1/security/validate";
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private String tenant = "";

    @BeforeEach
    void aTenant() {
        tenant = createTenant("Validation");
    }

    @Test
    void requestAsItCameIsVerifiedWithASecretThatTheCallerBrings() {
        // When
        ValidatableResponse answer = validate(signature("\"secret\": \"%s\"".formatted(SECRET), SECRET, "hello"));

        // Then
        answer.body("valid", equalTo(true))
                .body("signature.verified", hasItems("v1", "x-webhook-signature"))
                .body("signature.expected_headers.webhook-signature", containsString("v1,"))
                .body("url", nullValue());
    }

    @Test
    void requestIsVerifiedWithTheKeysOfAWebhookThroughARotationAndShowsNothingOfThem() {
        // Given
        String webhook = createWebhook(tenant, """
                {"url": "https://example.com/hook", "events": ["*"], "secret": "%s"}""".formatted(SECRET));
        String rotated = SigningSecrets.generate();
        as(tenant, Roles.EDITOR)
                .body("{\"secret\": \"%s\"}".formatted(rotated))
                .post("/api/v1/webhooks/%s/rotate-secret".formatted(webhook))
                .then()
                .statusCode(200);
        String key = "\"webhook_id\": \"%s\"".formatted(webhook);

        // When
        ValidatableResponse byTheOld = validate(signature(key, SECRET, "hello"));
        ValidatableResponse byTheNew = validate(signature(key, rotated, "hello"));
        ValidatableResponse byAnother = validate(signature(key, SigningSecrets.generate(), "hello"));

        // Then
        byTheOld.body("valid", equalTo(true)).body("signature.expected_headers", nullValue());
        byTheNew.body("valid", equalTo(true));
        byAnother.body("valid", equalTo(false)).body("signature.problems[0].code", equalTo("no_match"));
        assertThat(byAnother.extract().asString()).doesNotContain(SECRET).doesNotContain(rotated);
    }

    @Test
    void anotherTenantsWebhookIsNotThere() {
        // Given
        String webhook = createWebhook(tenant, "{\"url\": \"https://example.com/hook\", \"events\": [\"*\"]}");
        String other = createTenant("Another");

        // Expect
        as(other, Roles.OWNER)
                .body(signature("\"webhook_id\": \"%s\"".formatted(webhook), SECRET, "hello"))
                .post(VALIDATE)
                .then()
                .statusCode(404);
    }

    @Test
    void payloadIsHeldAgainstASchemaThatTheCallerBrings() {
        // Given
        String schema = """
                {"type": "object", "required": ["order_id"], "properties": {"total": {"type": "number", "minimum": 0}}}""";

        // When
        ValidatableResponse wrong =
                validate("{\"payload\": {\"schema\": %s, \"data\": {\"total\": -1}}}".formatted(schema));
        ValidatableResponse right =
                validate("{\"payload\": {\"schema\": %s, \"data\": {\"order_id\": \"1\"}}}".formatted(schema));

        // Then
        wrong.body("valid", equalTo(false))
                .body("payload.problems.field", containsInAnyOrder("payload.data.order_id", "payload.data.total"))
                .body("payload.problems.code", hasItems("schema_violated"));
        right.body("valid", equalTo(true)).body("payload.problems", hasSize(0));
    }

    @Test
    void payloadIsHeldAgainstAnEventTypesSchema() {
        // Given
        as(tenant, Roles.EDITOR).body("""
                        {"name": "crm.lead_won", "category": "crm",
                         "payload_schema": {"type": "object", "required": ["lead_id"]}}""").post("/api/v1/event-types").then().statusCode(201);

        // When
        ValidatableResponse own = validate("{\"payload\": {\"event_type\": \"crm.lead_won\", \"data\": {}}}");
        ValidatableResponse first = validate(
                "{\"payload\": {\"event_type\": \"crm.lead_won\", \"version\": 1, \"data\": {\"lead_id\": 1}}}");
        ValidatableResponse platforms = validate("{\"payload\": {\"event_type\": \"product.updated\", \"data\": []}}");

        // Then
        own.body("payload.problems[0].field", equalTo("payload.data.lead_id"));
        first.body("valid", equalTo(true));
        platforms.body("valid", equalTo(false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"event_type\": \"no.such\"", "\"event_type\": \"product.updated\", \"version\": 99"})
    void eventTypeOrVersionThatThereIsNotIsNotFound(String type) {
        as(tenant, Roles.VIEWER)
                .body("{\"payload\": {%s, \"data\": {}}}".formatted(type))
                .post(VALIDATE)
                .then()
                .statusCode(404);
    }

    @Test
    void filterIsTriedOnASample() {
        // When
        ValidatableResponse answer = validate("""
                {"filter": {"filters": {"min_amount": 100, "status": "paid"}, "sample": {"amount": 80, "status": "paid"}}}""");

        // Then
        answer.body("valid", equalTo(true))
                .body("filter.matches", equalTo(false))
                .body("filter.unmet", hasSize(1))
                .body("filter.unmet[0].field", equalTo("filter.filters.min_amount"))
                .body("filter.unmet[0].message", equalTo("The sample has 80 in amount."))
                .body("filter.unmet[0].expected", equalTo("100"));
    }

    @Test
    void filterThatDoesNotCompileIsNotValid() {
        validate("{\"filter\": {\"filters\": {\"amount\": {\"$above\": 1}}}}")
                .body("valid", equalTo(false))
                .body("filter.matches", nullValue())
                .body("filter.problems[0].field", equalTo("filter.filters.amount.$above"))
                .body("filter.problems[0].code", equalTo("filter_invalid"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.com/x,           url_refused,     The scheme must be https.",
        "https://10.0.0.1/x,             url_refused,     The address 10.0.0.1 is not reachable from the public internet.",
        "https://example.com:8080/x,     url_refused,     The port must be 443 or 8443.",
        "https://user:pw@example.com/,   url_refused,     The url holds credentials; send them as a header instead.",
        "https://no-such-name.invalid/x, dns_error,       The name no-such-name.invalid has no address.",
    })
    void urlIsRefusedWithItsReason(String url, String code, String message) {
        validate("{\"url\": \"%s\"}".formatted(url))
                .body("valid", equalTo(false))
                .body("url.problems[0].code", equalTo(code))
                .body("url.problems[0].message", equalTo(message));
    }

    @Test
    void urlWithAnAddressThatMayBePostedToIsValid() {
        validate("{\"url\": \"http://127.0.0.1:9000/hook\"}")
                .body("valid", equalTo(true))
                .body("url.addresses", hasItems("127.0.0.1"));
    }

    @Test
    void examplesOfTheGuideGiveWhatTheGuideSays() throws Exception {
        // Given
        String guide = Files.readString(Path.of("../docs/guides/troubleshooting.md"));
        List<String> examples = Pattern.compile("-d '(\\{.*?})'\n", Pattern.DOTALL)
                .matcher(guide)
                .results()
                .map(example -> example.group(1))
                .toList();

        // When
        List<ValidatableResponse> answers =
                examples.stream().map(this::validate).toList();

        // Then
        assertThat(answers).hasSize(2);
        answers.get(0)
                .body("signature.valid", equalTo(false))
                .body("signature.problems.code", contains("secret_encoding"));
        answers.get(1)
                .body("filter.matches", equalTo(false))
                .body("filter.unmet.field", contains("filter.filters.min_amount"));
    }

    @Test
    void everyRoleFromViewerOnMayAskAndAPublisherMayNot() {
        as(tenant, Roles.VIEWER)
                .body("{\"url\": \"http://127.0.0.1/\"}")
                .post(VALIDATE)
                .then()
                .statusCode(200);
        as(tenant, Roles.PUBLISHER)
                .body("{\"url\": \"http://127.0.0.1/\"}")
                .post(VALIDATE)
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "[]",
                "{\"url\": null}",
                "{\"url\": 5}",
                "{\"nothing\": 1}",
                "{\"signature\": {}}",
                "{\"signature\": {\"secret\": \"x\", \"headers\": null, \"body\": \"\"}}",
                "{\"signature\": {\"secret\": \"\", \"headers\": {}, \"body\": \"\"}}",
                "{\"signature\": {\"headers\": {}, \"body\": \"\"}}",
                "{\"signature\": {\"secret\": \"x\", \"headers\": {}}}",
                "{\"signature\": {\"secret\": \"x\", \"headers\": {}, \"body\": \"\", \"body_base64\": \"\"}}",
                "{\"signature\": {\"secret\": \"x\", \"headers\": {}, \"body_base64\": \"?\"}}",
                "{\"signature\": {\"secret\": \"x\", \"headers\": {}, \"body\": \"\\ud800\"}}",
                "{\"signature\": {\"secret\": \"x\", \"webhook_id\": \"y\", \"headers\": {}, \"body\": \"\"}}",
                "{\"signature\": {\"public_key\": \"x\", \"headers\": {}, \"body\": \"\"}}",
                "{\"signature\": {\"secret\": \"x\", \"headers\": {\"a\": 1}, \"body\": \"\"}}",
                "{\"filter\": {}}",
                "{\"filter\": {\"filters\": null}}",
                "{\"payload\": {}}",
                "{\"payload\": {\"data\": {}}}",
                "{\"payload\": {\"schema\": {}}}",
                "{\"payload\": {\"schema\": {}, \"event_type\": \"a.b\", \"data\": {}}}",
                "{\"signature\": {\"secret\": \"x\", \"headers\": {}, \"body\": \"\\u0000\"}}",
                "{\"filter\": {\"filters\": {\"\\ud800\": 1}, \"sample\": {}}}",
                "{\"url\": \"https://\\u0000\"}",
            })
    void whatCannotBeLookedAtIsARequestToMend(String body) {
        as(tenant, Roles.VIEWER)
                .body(body)
                .post(VALIDATE)
                .then()
                .statusCode(400)
                .body("title", not(nullValue()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"signature\": {\"secret\": \"whsec_\", \"headers\": {\"webhook-signature\": \"v1,\"}, \"body\": \"1e999999999\"}}",
                "{\"signature\": {\"secret\": \" \", \"headers\": {\"webhook-id\": null, \"webhook-timestamp\": \"\"}, \"body\": \"{\"}}",
                "{\"filter\": {\"filters\": [], \"sample\": []}}",
                "{\"payload\": {\"schema\": [], \"data\": {}}}",
                "{\"payload\": {\"schema\": {\"type\": \"thing\"}, \"data\": {}}}",
                "{\"payload\": {\"schema\": {\"$ref\": \"https://example.com/\"}, \"data\": {}}}",
                "{\"payload\": {\"schema\": {\"$ref\": \"#\"}, \"data\": {}}}",
                "{\"payload\": {\"schema\": {\"maximum\": 1}, \"data\": 1e400}}",
                "{\"filter\": {\"filters\": {\"$or\": []}, \"sample\": {}}}",
                "{\"filter\": {\"filters\": {\"a\": 1e2000000000}, \"sample\": {}}}",
                "{\"url\": \"\"}",
                "{\"url\": \"https://[::ffff:10.0.0.1]/\"}",
            })
    void whatIsWrongIsAnAnswerAndNeverAFailure(String body) {
        validate(body).body("valid", equalTo(false));
    }

    private ValidatableResponse validate(String body) {
        return as(tenant, Roles.VIEWER).body(body).post(VALIDATE).then().statusCode(200);
    }

    /** A validation of a delivery that was signed a moment ago. */
    private static String signature(String key, String signedWith, String body) {
        WebhookSigner signer = new WebhookSigner(List.of(signedWith));
        long now = Instant.now().getEpochSecond();
        return """
                {"signature": {%s, "body": "%s", "headers": {"webhook-id": "evt_1", "webhook-timestamp": "%d",
                 "webhook-signature": "%s", "X-Webhook-Signature": "%s"}}}""".formatted(
                        key,
                        body,
                        now,
                        signer.standard("evt_1", now, body.getBytes(UTF_8)),
                        signer.classic(body.getBytes(UTF_8)));
    }
}
