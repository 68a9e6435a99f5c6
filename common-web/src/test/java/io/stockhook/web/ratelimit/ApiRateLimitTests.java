package io.stockhook.web.ratelimit;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.ValidatableResponse;
import io.stockhook.platform.testing.TestTokens;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.trial.TrialTest;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@TrialTest
class ApiRateLimitTests {

    /** As the trial service has it; see application.properties. */
    private static final int LIMIT = 500;

    @Test
    void everyAnswerToACallerSaysWhatIsLeft() {
        notes("told")
                .statusCode(200)
                .header("RateLimit-Policy", equalTo("\"default\";q=500;w=3600"))
                .header("RateLimit", matchesPattern("\"default\";r=499;t=\\d+"));
        notes("told").header("RateLimit", matchesPattern("\"default\";r=498;t=\\d+"));
    }

    @Test
    void callerPastItsLimitIsToldWhenToComeBackAndOthersAreNot() {
        // Given
        // Some more, because a little comes back meanwhile.
        IntStream.range(0, LIMIT + 20).forEach(i -> notes("eager"));

        // When
        ValidatableResponse refused = notes("eager");

        // Then
        refused.statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", notNullValue())
                .header("RateLimit", matchesPattern("\"default\";r=0;t=\\d+"))
                .body("type", equalTo("/docs/problems#too-many-requests"));
        notes("patient").statusCode(200);
    }

    @Test
    void openResourcesHaveNoLimit() {
        given().get("/api/v1/notes/open").then().statusCode(200).header("RateLimit", nullValue());
    }

    private static ValidatableResponse notes(String tenant) {
        return given().auth()
                .oauth2(TestTokens.of(TestTokens.tenant("rate-" + tenant), Roles.VIEWER))
                .get("/api/v1/notes")
                .then();
    }
}
