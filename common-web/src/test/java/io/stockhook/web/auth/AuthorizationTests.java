package io.stockhook.web.auth;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.stockhook.platform.testing.TestTokens;
import io.stockhook.web.trial.TenantsTopic;
import io.stockhook.web.trial.TrialTest;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TrialTest
class AuthorizationTests {

    @ParameterizedTest
    @ValueSource(strings = {Roles.OWNER, Roles.EDITOR, Roles.VIEWER})
    void aRoleIncludesThoseBelowIt(String role) {
        given().auth()
                .oauth2(TestTokens.of(TestTokens.tenant("a"), role))
                .get("/api/v1/notes")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {Roles.PUBLISHER, "invented"})
    void aRoleThatDoesNotReachAsFarIs403(String role) {
        given().auth()
                .oauth2(TestTokens.of(TestTokens.tenant("a"), role))
                .get("/api/v1/notes")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("type", equalTo("/docs/problems#forbidden"));
    }

    @Test
    void aViewerDoesNotWrite() {
        given().auth()
                .oauth2(TestTokens.of(TestTokens.tenant("a"), Roles.VIEWER))
                .contentType("application/json")
                .body("not even read")
                .post("/api/v1/notes")
                .then()
                .statusCode(403);
    }

    @Test
    void theAdminHasNoTenant() {
        String admin = TenantsTopic.key("platform", Roles.ADMIN);
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> given().auth()
                .oauth2(admin)
                .get("/api/v1/notes/admin")
                .then()
                .statusCode(200)
                .body("tenant", equalTo("none")));
        given().auth().oauth2(admin).get("/api/v1/notes").then().statusCode(403);
    }

    @Test
    void anEndpointThatSaysNothingIsClosed() {
        given().get("/api/v1/silent").then().statusCode(401);
        given().auth()
                .oauth2(TestTokens.of(TestTokens.tenant("a"), Roles.OWNER))
                .get("/api/v1/silent")
                .then()
                .statusCode(403);
    }

    @Test
    void anOpenEndpointTakesForeignCredentialsAndShowsNobodysRows() {
        given().get("/api/v1/notes/open").then().statusCode(200);
        given().header("Authorization", "Bearer someone-elses")
                .get("/api/v1/notes/open")
                .then()
                .statusCode(200)
                .body("seen", equalTo(0));
    }
}
