package io.stockhook.receiver.mock;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stockhook.events.SecretBox;
import io.stockhook.platform.testing.PlatformTestResource;
import io.stockhook.platform.testing.TestTokens;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.tenancy.TenantScope;
import jakarta.inject.Inject;
import java.sql.Connection;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "receiver"))
class MockSecretsResealingTests {

    private static final String SECRET = "a-mock-secret-of-some-length";

    @ConfigProperty(name = "stockhook.secrets.master-keys")
    String masterKeys = "";

    @Inject
    AgroalDataSource dataSource;

    @Inject
    SecretBox secrets;

    @Inject
    MockSecretsResealing resealing;

    @Test
    void aSecretPassesToTheKeyInFront() {
        // Given
        String id = given().auth()
                .oauth2(TestTokens.of(TestTokens.tenant("sealed"), Roles.OWNER))
                .contentType("application/json")
                .body("{\"name\": \"sealed\", \"secret\": \"%s\"}".formatted(SECRET))
                .post("/api/v1/mock-endpoints")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String[] keys = masterKeys.split(",");
        SecretBox old = SecretBox.fromConfig(keys[1] + ',' + keys[0]);
        write(id, old.encrypt(SECRET, "mock-endpoint:" + id));

        // When
        resealing.pass();

        // Then
        String sealed = read(id);
        assertThat(secrets.isCurrent(sealed)).isTrue();
        assertThat(secrets.decryptText(sealed, "mock-endpoint:" + id)).isEqualTo(SECRET);
    }

    private void write(String id, String sealed) {
        TenantScope.asSystem(() -> QuarkusTransaction.requiringNew().call(() -> {
            try (Connection connection = dataSource.getConnection();
                    var update =
                            connection.prepareStatement("update mock_endpoint set secret_encrypted = ? where id = ?")) {
                update.setString(1, sealed);
                update.setString(2, id);
                return update.executeUpdate();
            }
        }));
    }

    private String read(String id) {
        return TenantScope.asSystem(() -> QuarkusTransaction.requiringNew().call(() -> {
            try (Connection connection = dataSource.getConnection();
                    var select =
                            connection.prepareStatement("select secret_encrypted from mock_endpoint where id = ?")) {
                select.setString(1, id);
                try (var row = select.executeQuery()) {
                    row.next();
                    return row.getString(1);
                }
            }
        }));
    }
}
