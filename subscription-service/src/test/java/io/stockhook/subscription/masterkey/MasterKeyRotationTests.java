package io.stockhook.subscription.masterkey;

import static io.stockhook.subscription.testing.Api.as;
import static io.stockhook.subscription.testing.Api.asAdmin;
import static io.stockhook.subscription.testing.Api.createTenant;
import static io.stockhook.subscription.testing.Api.createWebhook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.stockhook.events.EndpointRegistration;
import io.stockhook.events.SecretBox;
import io.stockhook.events.Topics;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.subscription.secret.Sealed;
import io.stockhook.subscription.testing.CompactedTopic;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service has the key "test" in front and "old" behind it; what the tests make is sealed with "old" first. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformTestResource.class,
        initArgs = @ResourceArg(name = "service", value = "subscription"))
class MasterKeyRotationTests {

    private static final String ROTATE = "/api/v1/security/rotate-key";
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Pattern SEALED = Pattern.compile("v1\\.[A-Za-z0-9_-]{1,32}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    private static final String SECRET = "secret-that-passes-on";
    private static final String WEBHOOK = """
            {"url": "https://hooks.example.com/in", "events": ["*"], "secret": "%s", "headers": {"X-Auth": "header"},
             "signature": {"schemes": ["v1", "v1a"]},
             "auth": {"type": "bearer", "token": "token"}}""".formatted(SECRET);

    @ConfigProperty(name = "stockhook.secrets.master-keys")
    String masterKeys = "";

    @Inject
    AgroalDataSource dataSource;

    @Inject
    SecretBox secrets;

    @Inject
    MasterKeyRotation rotation;

    @Inject
    MasterKeyConfig config;

    @Inject
    @All
    List<Sealed> all;

    private String tenant = "";
    private final List<String> webhooks = new ArrayList<>();

    @BeforeEach
    void webhooksSealedWithTheOldKey() {
        while (rotation.step()) {
            // what another test left
        }
        tenant = createTenant("Sealed");
        for (int index = 0; index < 5; index++) {
            webhooks.add(createWebhook(tenant, WEBHOOK));
        }
        String[] keys = masterKeys.split(",");
        SecretBox old = SecretBox.fromConfig(keys[1] + ',' + keys[0]);
        webhooks.forEach(id -> sealWith(old, id));
    }

    @Test
    void everySecretPassesToTheKeyInFront() {
        // Given
        begin().body("master.finished_at", nullValue()).body("master.remaining", greaterThanOrEqualTo(5));

        // When
        while (rotation.step()) {
            // until there is nothing left
        }

        // Then
        asAdmin()
                .get(ROTATE)
                .then()
                .statusCode(200)
                .body("master.key_id", equalTo("test"))
                .body("master.finished_at", notNullValue())
                .body("master.remaining", equalTo(0));
        assertThat(rowsWithOldSeal()).isZero();
        for (String id : webhooks) {
            await().atMost(SOON).untilAsserted(() -> {
                var registration = CompactedTopic.latest(Topics.ENDPOINTS, id, EndpointRegistration.class);
                assertThat(registration.version()).isEqualTo(2);
                assertThat(sealsOf(registration)).hasSize(4).allMatch(secrets::isCurrent);
                assertThat(secrets.decryptText(
                                registration.secrets().get(0).encrypted(), EndpointRegistration.secretOwner(id)))
                        .isEqualTo(SECRET);
            });
        }
    }

    @Test
    void whatIsKilledHalfWayGoesOnWhereItWas() {
        // Given
        begin();
        new MasterKeyRotation(all, secrets, dataSource, config).step();
        new MasterKeyRotation(all, secrets, dataSource, config).step();
        long left = rowsWithOldSeal();

        // When
        var restarted = new MasterKeyRotation(all, secrets, dataSource, config);
        while (restarted.step()) {
            // until there is nothing left
        }

        // Then
        assertThat(left).isPositive();
        assertThat(rowsWithOldSeal()).isZero();
        for (RotationProgress.Kind kind : restarted.progress().kinds()) {
            assertThat(kind.seen()).as("each row once: %s", kind.kind()).isEqualTo(kind.total());
        }
    }

    @Test
    void aBatchThatFailsIsTakenBackWhole() {
        // Given
        begin();
        var failing = new MasterKeyRotation(
                all.stream().map(table -> (Sealed) new FailsAfterItsWork(table)).toList(), secrets, dataSource, config);
        long before = rowsWithOldSeal();

        // When
        assertThatThrownBy(failing::step).hasStackTraceContaining("killed");

        // Then
        assertThat(rowsWithOldSeal()).isEqualTo(before);
        assertThat(rotation.progress().kinds()).allMatch(kind -> kind.seen() == 0);
    }

    @Test
    void aRotatedWebhookIsNoChangeInTheTrailAndTheRotationIs() {
        // Given
        begin();

        // When
        while (rotation.step()) {
            // until there is nothing left
        }

        // Then
        as(tenant, Roles.OWNER)
                .get("/api/v1/security/audit?target=" + webhooks.get(0))
                .then()
                .body("items.action", equalTo(List.of("webhook.create")));
        asAdmin()
                .get("/api/v1/security/audit?action=platform_keys.rotate_key")
                .then()
                .body("items.size()", greaterThanOrEqualTo(1));
    }

    @Test
    void anythingButAnAdminIsRefused() {
        as(tenant, Roles.OWNER)
                .body("{\"what\": \"master\"}")
                .post(ROTATE)
                .then()
                .statusCode(403);
        as(tenant, Roles.OWNER).get(ROTATE).then().statusCode(403);
    }

    @Test
    void theMasterKeyCannotBeRevoked() {
        asAdmin()
                .body("{\"what\": \"master\", \"revoke\": true}")
                .post(ROTATE)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("revoke"));
    }

    private static ValidatableResponse begin() {
        return asAdmin().body("{\"what\": \"master\"}").post(ROTATE).then().statusCode(200);
    }

    private static List<String> sealsOf(EndpointRegistration registration) {
        List<String> seals = new ArrayList<>(registration.headers().values());
        registration.secrets().forEach(secret -> seals.add(secret.encrypted()));
        Objects.requireNonNull(registration.signing()).privateKeys().forEach(key -> seals.add(key.encrypted()));
        seals.add(Objects.requireNonNull(registration.auth()).encrypted());
        return seals;
    }

    private long rowsWithOldSeal() {
        return inTransaction(connection -> {
            try (var row = connection
                    .createStatement()
                    .executeQuery("select count(*) from webhook w where w::text like '%v1.old.%'")) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    private void sealWith(SecretBox box, String id) {
        inTransaction(connection -> {
            for (String column : List.of("headers", "secrets", "key_pairs", "auth")) {
                String text;
                try (var row = connection
                        .createStatement()
                        .executeQuery("select %s::text from webhook where id = '%s'".formatted(column, id))) {
                    row.next();
                    text = row.getString(1);
                }
                String sealed = SEALED.matcher(text)
                        .replaceAll(seal -> box.rewrap(seal.group(), EndpointRegistration.secretOwner(id)));
                try (PreparedStatement update = connection.prepareStatement(
                        "update webhook set %s = ?::jsonb where id = ?".formatted(column))) {
                    update.setString(1, sealed);
                    update.setString(2, id);
                    update.executeUpdate();
                }
            }
            return true;
        });
    }

    private interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private <T> T inTransaction(Work<T> work) {
        return TenantScope.asSystem(() -> QuarkusTransaction.requiringNew().call(() -> {
            try (Connection connection = dataSource.getConnection()) {
                return work.run(connection);
            }
        }));
    }

    /** As if the process ended between a batch and its commit. */
    private record FailsAfterItsWork(Sealed table) implements Sealed {

        @Override
        public String kind() {
            return table.kind();
        }

        @Override
        public long count() {
            return table.count();
        }

        @Override
        public long countOthers(String keyId) {
            return table.countOthers(keyId);
        }

        @Override
        public Step reseal(String after, int limit) {
            table.reseal(after, limit);
            throw new IllegalStateException("killed");
        }
    }
}
