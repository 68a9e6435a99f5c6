package io.stockhook.web.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.stockhook.platform.testing.TestPlatform;
import io.stockhook.platform.testing.TestTokens;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.idempotency.Idempotent;
import io.stockhook.web.trial.TrialTest;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@TrialTest
class DatabaseOutageTests {

    private final String tenant = TestTokens.tenant("database_outage");

    @Test
    void whileTheDatabaseIsAwayRequestsAreToldToComeAgain() {
        // Given
        caller().get("/api/v1/notes").then().statusCode(200);
        TestPlatform.postgres().kill();

        // When
        List<Response> answers;
        try {
            answers = List.of(
                    caller().get("/api/v1/notes"),
                    caller().body("{\"text\":\"a\"}").post("/api/v1/notes"),
                    caller().header(Idempotent.HEADER, "key-1")
                            .body("{\"text\":\"a\"}")
                            .post("/api/v1/notes"));
        } finally {
            TestPlatform.postgres().start();
        }

        // Then
        assertThat(answers).allSatisfy(answer -> answer.then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", equalTo("5"))
                .body("type", containsString("#unavailable")));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> caller().get("/api/v1/notes").then().statusCode(200));
    }

    private RequestSpecification caller() {
        return given().auth().oauth2(TestTokens.of(tenant, Roles.EDITOR)).contentType("application/json");
    }
}
