package io.stockhook.subscription.webhook;

import static io.restassured.RestAssured.given;
import static io.stockhook.subscription.testing.Api.as;
import static io.stockhook.subscription.testing.Api.createTenant;
import static io.stockhook.subscription.testing.Api.createWebhook;
import static io.stockhook.subscription.testing.Api.withToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.SecretBox;
import io.stockhook.events.SecretBox.SecretUnreadableException;
import io.stockhook.events.Topics;
import io.stockhook.events.signature.Ed25519Keys;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.subscription.testing.CompactedTopic;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = PlatformTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "subscription"))
class SecretsAtRestTests {

    private static final String HEADER = "Bearer header-in-clear-4711";
    private static final String SECRET = "secret-in-clear-4711";
    private static final String ROUTING_KEY = "an0integration0key0of032letters0";
    private static final String SLACK_PATH = "/services/T1/B1/ofaslackwebhook";
    private static final String API_KEY = "auth-in-clear-4711";
    private static final String WEBHOOK = """
            {"url": "https://hooks.example.com/in", "events": ["*"], "secret": "%s", "headers": {"Authorization": "%s"},
             "signature": {"schemes": ["v1", "v1a"]},
             "auth": {"type": "api_key", "header": "X-Api-Key", "value": "%s"}}""".formatted(SECRET, HEADER, API_KEY);

    @Inject
    AgroalDataSource dataSource;

    @Inject
    SecretBox secretBox;

    @Test
    void noSecretStandsInClearInTheDatabaseOnATopicOrInTheLog() {
        // Given
        List<String> log = new CopyOnWriteArrayList<>();
        Handler handler = recording(log);
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        String tenant = createTenant("Secretive");
        as(tenant, Roles.EDITOR)
                .header("Idempotency-Key", "keeps-the-answer-with-the-secret")
                .body(WEBHOOK)
                .post("/api/v1/webhooks")
                .then()
                .statusCode(201);
        as(tenant, Roles.EDITOR)
                .body("""
                        {"routing_key": "%s", "notifications": {"*": true}}""".formatted(ROUTING_KEY))
                .post("/api/v1/integrations/pagerduty/configure")
                .then()
                .statusCode(200);
        as(tenant, Roles.EDITOR)
                .body("""
                        {"webhook_url": "https://hooks.slack.com%s", "notifications": {"*": true}}""".formatted(SLACK_PATH))
                .post("/api/v1/integrations/slack/configure")
                .then()
                .statusCode(200);
        String apiKey = as(tenant, Roles.OWNER)
                .header("Idempotency-Key", "keeps-the-answer-with-the-key")
                .body("{\"name\": \"key\", \"role\": \"viewer\"}")
                .post("/api/v1/api-keys")
                .path("key");
        String keyId = as(tenant, Roles.OWNER).get("/api/v1/api-keys").path("items[0].id");
        String token = given().formParam("grant_type", "client_credentials")
                .formParam("client_id", keyId)
                .formParam("client_secret", apiKey)
                .post("/api/v1/auth/token")
                .path("access_token");
        withToken(token).get("/api/v1/webhooks").then().statusCode(200);
        withToken(token + "x").get("/api/v1/webhooks").then().statusCode(401);
        as(tenant, Roles.EDITOR)
                .body(WEBHOOK.replace("api_key", "nonsense"))
                .post("/api/v1/webhooks")
                .then()
                .statusCode(400);

        // When
        List<String> everything = new ArrayList<>(databaseDump());
        everything.addAll(topicDump(Topics.ENDPOINTS));
        everything.addAll(topicDump(Topics.TENANTS));
        root.removeHandler(handler);
        everything.addAll(log);

        // Then
        assertThat(everything).anyMatch(row -> row.contains(tenant) && row.contains("hooks.example.com"));
        for (String secret :
                List.of(SECRET, HEADER, API_KEY, apiKey, token, Ed25519Keys.PRIVATE_PREFIX, ROUTING_KEY, SLACK_PATH)) {
            String hex = HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8));
            assertThat(everything).noneMatch(row -> row.contains(secret) || row.contains(hex));
        }
    }

    @Test
    void whatIsPublishedDecryptsForItsOwnWebhookOnly() {
        // Given
        String tenant = createTenant("Bound");
        String id = createWebhook(tenant, WEBHOOK);
        String other = createWebhook(tenant, WEBHOOK);

        // When
        var registration = CompactedTopic.latest(Topics.ENDPOINTS, id, EndpointRegistration.class);

        // Then
        String secret = registration.secrets().get(0).encrypted();
        String header = Objects.requireNonNull(registration.headers().get("Authorization"));
        assertThat(secretBox.decryptText(secret, EndpointRegistration.secretOwner(id)))
                .isEqualTo(SECRET);
        assertThat(secretBox.decryptText(header, EndpointRegistration.secretOwner(id)))
                .isEqualTo(HEADER);
        assertThatThrownBy(() -> secretBox.decrypt(secret, EndpointRegistration.secretOwner(other)))
                .isInstanceOf(SecretUnreadableException.class);
    }

    @Test
    void aQueryWithoutPredicateShowsTheTenantsOwnRowsOnly() {
        // Given
        String tenant = createTenant("Walled");
        String id = createWebhook(tenant, WEBHOOK);
        createWebhook(createTenant("Neighbour"), WEBHOOK);

        // When
        List<String> seen = TenantScope.as(
                tenant, () -> QuarkusTransaction.requiringNew().call(() -> query("select id from webhook")));

        // Then
        assertThat(seen).containsExactly(id);
    }

    private static Handler recording(List<String> log) {
        return new Handler() {
            @Override
            public void publish(LogRecord message) {
                log.add(message.getMessage()
                        + Arrays.toString(message.getParameters())
                        + (message.getThrown() == null ? "" : message.getThrown()));
            }

            @Override
            public void flush() {
                // nothing is held back
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }

    private List<String> databaseDump() {
        return TenantScope.asSystem(() -> QuarkusTransaction.requiringNew().call(() -> {
            List<String> rows = new ArrayList<>();
            for (String table : query("select table_name from information_schema.tables"
                    + " where table_schema = 'public' and table_type = 'BASE TABLE'")) {
                rows.addAll(query("select t::text from \"" + table + "\" t"));
            }
            return rows;
        }));
    }

    private List<String> query(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }

    private static List<String> topicDump(String topic) {
        return CompactedTopic.records(topic).stream()
                .filter(found -> found.value() != null)
                .map(found -> found.key() + new String(found.value(), StandardCharsets.ISO_8859_1))
                .toList();
    }
}
