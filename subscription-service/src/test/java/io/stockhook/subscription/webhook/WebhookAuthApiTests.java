package io.stockhook.subscription.webhook;

import static io.stockhook.subscription.testing.Api.as;
import static io.stockhook.subscription.testing.Api.createTenant;
import static io.stockhook.subscription.testing.Api.createWebhook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.SecretBox;
import io.stockhook.events.Topics;
import io.stockhook.events.auth.EndpointAuth;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.subscription.testing.CompactedTopic;
import io.stockhook.web.auth.Roles;
import jakarta.inject.Inject;
import java.security.KeyPair;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(
        value = PlatformTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "subscription"))
class WebhookAuthApiTests {

    private static final String WEBHOOKS = "/api/v1/webhooks";
    private static final String BASIC = "{\"type\": \"basic\", \"username\": \"erp\", \"password\": \"pass-4711\"}";
    private static final String OAUTH2 = """
            {"type": "oauth2", "token_url": "https://id.example.com/token", "client_id": "erp",
             "client_secret": "client-4711", "scope": "hooks"}""";

    @Inject
    SecretBox secretBox;

    private String tenant = "";

    @BeforeEach
    void aTenant() {
        tenant = createTenant("Auth");
    }

    @Test
    void itsSecretsAreMaskedAndThePublishedFormOpensForItsWebhook() {
        // When
        var answer = editor().body(webhook(OAUTH2)).post(WEBHOOKS).then();

        // Then
        String id = answer.statusCode(201)
                .body("auth.type", equalTo("oauth2"))
                .body("auth.token_url", equalTo("https://id.example.com/token"))
                .body("auth.client_id", equalTo("erp"))
                .body("auth.client_secret", equalTo("***"))
                .body("auth.scope", equalTo("hooks"))
                .body("auth", not(hasKey("password")))
                .extract()
                .path("id");
        assertThat(published(id))
                .isEqualTo(new EndpointAuth.OAuth2("https://id.example.com/token", "erp", "client-4711", "hooks"));
    }

    @Test
    void aWebhookHasNoneUnlessItIsToldTo() {
        // When
        String id = createWebhook(tenant, webhook("null"));

        // Then
        show(id).body("auth", nullValue());
        assertThat(published(id)).isNull();
    }

    @Test
    void theMaskKeepsTheStoredSecretBesideWhatChanges() {
        // Given
        String id = createWebhook(tenant, webhook(BASIC));

        // When
        put(id, webhook("{\"type\": \"basic\", \"username\": \"crm\", \"password\": \"***\"}"))
                .statusCode(200)
                .body("auth.username", equalTo("crm"));

        // Then
        assertThat(published(id)).isEqualTo(new EndpointAuth.Basic("crm", "pass-4711"));
    }

    @Test
    void leftOutOfAReplacementItStays() {
        // Given
        String id = createWebhook(tenant, webhook(BASIC));

        // When
        put(id, "{\"url\": \"https://hooks.example.com/other\", \"events\": [\"*\"]}")
                .statusCode(200);

        // Then
        assertThat(published(id)).isEqualTo(new EndpointAuth.Basic("erp", "pass-4711"));
    }

    @Test
    void noneTakesItAway() {
        // Given
        String id = createWebhook(tenant, webhook(BASIC));

        // When
        put(id, webhook("{\"type\": \"none\"}")).statusCode(200).body("auth", nullValue());

        // Then
        assertThat(published(id)).isNull();
    }

    @Test
    void aPatchChangesOneOfItsFields() {
        // Given
        String id = createWebhook(tenant, webhook(BASIC));

        // When
        patch(id, "{\"auth\": {\"password\": \"pass-4712\"}}").statusCode(200);

        // Then
        assertThat(published(id)).isEqualTo(new EndpointAuth.Basic("erp", "pass-4712"));
    }

    @Test
    void aPatchOfSomethingElseLeavesItAsItIs() {
        // Given
        String id = createWebhook(tenant, webhook(BASIC));
        var before = registration(id).auth();

        // When
        patch(id, "{\"description\": \"changed\"}").statusCode(200).body("auth.password", equalTo("***"));

        // Then
        assertThat(registration(id).auth()).isEqualTo(before);
    }

    @Test
    void aPrefixThatItsHeaderWouldFallUnderIsRefused() {
        // Given
        String id =
                createWebhook(tenant, webhook("{\"type\": \"api_key\", \"header\": \"X-Acme-Key\", \"value\": \"v\"}"));

        // When
        var answer = patch(id, "{\"header_prefix\": \"X-Acme-\"}");

        // Then
        answer.statusCode(400).body("errors.field", hasItem("auth.header"));
    }

    @Test
    void aPatchWithNullTakesItAway() {
        // Given
        String id = createWebhook(tenant, webhook(BASIC));

        // When
        patch(id, "{\"auth\": null}").statusCode(200).body("auth", nullValue());

        // Then
        assertThat(published(id)).isNull();
    }

    @Test
    void theSecretOfAnotherTypeIsNotKept() {
        // Given
        String id = createWebhook(tenant, webhook(BASIC));

        // When
        var answer = put(id, webhook("{\"type\": \"bearer\", \"token\": \"***\"}"));

        // Then
        answer.statusCode(400).body("errors.field", hasItem("auth.token"));
    }

    @Test
    void aClientCertificateAndItsKeyAreTaken() {
        // Given
        KeyPair keys = Pems.keys("EC");
        String certificate = Pems.certificate(keys, Duration.ofDays(1));

        // When
        String id = createWebhook(tenant, webhook(mutualTls(certificate, Pems.key(keys))));

        // Then
        show(id).body("auth.certificate", equalTo(certificate)).body("auth.private_key", equalTo("***"));
        assertThat(published(id)).isEqualTo(new EndpointAuth.MutualTls(certificate, Pems.key(keys)));
    }

    @Test
    void aNewCertificateForTheKeptKeyIsHeldAgainstIt() {
        // Given
        KeyPair keys = Pems.keys("EC");
        String id =
                createWebhook(tenant, webhook(mutualTls(Pems.certificate(keys, Duration.ofDays(1)), Pems.key(keys))));

        // When
        var renewed = put(id, webhook(mutualTls(Pems.certificate(keys, Duration.ofDays(9)), "***")));
        var foreign = put(id, webhook(mutualTls(Pems.certificate(Pems.keys("EC"), Duration.ofDays(9)), "***")));

        // Then
        renewed.statusCode(200);
        foreign.statusCode(400).body("errors.field", hasItem("auth.private_key"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"type": "basic", "username": "erp"}                              | auth.password
                    {"type": "oauth2", "token_url": "https://10.0.0.1/", "client_id": "a", "client_secret": "b"} | auth.token_url
                    {"type": "bearer", "token": "t", "username": "erp"}               | auth.username
                    {"username": "erp"}                                               | auth.type
                    """)
    void whatIsWrongIsNamedByItsField(String auth, String field) {
        // When
        var answer = editor().body(webhook(auth)).post(WEBHOOKS).then();

        // Then
        answer.statusCode(400).body("errors.field", hasItem(field));
    }

    @Test
    void anUnknownTypeIsRefused() {
        editor().body(webhook("{\"type\": \"kerberos\"}")).post(WEBHOOKS).then().statusCode(400);
    }

    @Test
    void aHeaderThatAuthSetsIsRefusedGivenOrStored() {
        // Given
        String headers = ", \"headers\": {\"authorization\": \"Bearer own\"}";
        String id = createWebhook(tenant, webhook("null" + headers));

        // When
        var together = editor().body(webhook(BASIC + headers)).post(WEBHOOKS).then();
        var onTop = put(id, webhook(BASIC));

        // Then
        together.statusCode(400).body("errors.field", hasItem("headers.authorization"));
        onTop.statusCode(400).body("errors.field", hasItem("headers.authorization"));
    }

    private static String mutualTls(String certificate, String key) {
        return "{\"type\": \"mutual_tls\", \"certificate\": \"%s\", \"private_key\": \"%s\"}"
                .formatted(certificate.replace("\n", "\\n"), key.replace("\n", "\\n"));
    }

    private static String webhook(String auth) {
        return "{\"url\": \"https://hooks.example.com/in\", \"events\": [\"*\"], \"auth\": " + auth + "}";
    }

    private ValidatableResponse show(String id) {
        return as(tenant, Roles.VIEWER).get(WEBHOOKS + "/" + id).then().statusCode(200);
    }

    private ValidatableResponse put(String id, String body) {
        return editor().body(body).put(WEBHOOKS + "/" + id).then();
    }

    private ValidatableResponse patch(String id, String body) {
        return editor().contentType("application/merge-patch+json")
                .body(body)
                .patch(WEBHOOKS + "/" + id)
                .then();
    }

    private @Nullable EndpointAuth published(String id) {
        var auth = registration(id).auth();
        return auth == null ? null : EndpointAuth.open(auth, secretBox, EndpointRegistration.secretOwner(id));
    }

    private static EndpointRegistration registration(String id) {
        return CompactedTopic.latest(Topics.ENDPOINTS, id, EndpointRegistration.class);
    }

    private RequestSpecification editor() {
        return as(tenant, Roles.EDITOR);
    }
}
