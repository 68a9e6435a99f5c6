package io.stockhook.web.edge;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.specification.RequestSpecification;
import io.stockhook.platform.testing.TestTokens;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.trial.TrialTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TrialTest
class EdgeTests {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    @TestHTTPResource(value = "/health/ready", management = true)
    String readiness;

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/notes/", "/api/v1/notes/?limit=0"})
    void aTrailingSlashIsAccepted(String path) {
        int expected = path.contains("?") ? 400 : 200;
        caller().get(path).then().statusCode(expected);
    }

    @Test
    void aTrailingSlashIsAcceptedWithABodyAndTheLocationHasNoOrigin() {
        caller().contentType("application/json")
                .body("{\"text\":\"a\"}")
                .post("/api/v1/notes/")
                .then()
                .statusCode(201)
                .header("Location", startsWith("/api/v1/notes/prd_"));
    }

    @Test
    void theCallersTraceIsContinuedWithASpanOfOurOwn() {
        caller().header("traceparent", "00-" + TRACE + "-" + SPAN + "-01")
                .get("/api/v1/notes/trace")
                .then()
                .body("traceparent", allOf(containsString(TRACE), not(containsString(SPAN))))
                .body("mdc", equalTo(TRACE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "00-00000000000000000000000000000000-00f067aa0ba902b7-01"})
    void whereThereIsNoTraceOneBegins(String header) {
        caller().header("traceparent", header)
                .get("/api/v1/notes/trace")
                .then()
                .body("traceparent", matchesPattern("00-[0-9a-f]{32}-[0-9a-f]{16}-01"));
    }

    @Test
    void aProblemNamesTheTrace() {
        caller().header("traceparent", "00-" + TRACE + "-" + SPAN + "-01")
                .get("/api/v1/notes/none")
                .then()
                .statusCode(404)
                .body("trace_id", equalTo(TRACE));
    }

    @Test
    void theServiceIsReadyOnceItsKeysAreKnown() {
        given().get(readiness).then().statusCode(200).body("checks.name", hasItem("api-keys"));
    }

    @Test
    void theApiDescribesItself() {
        given().get("/docs/trial/openapi").then().statusCode(200).body(containsString("/api/v1/notes"));
        given().get("/docs/trial/").then().statusCode(200).contentType("text/html");
    }

    @Test
    void theProblemsThatFollowFromAnOperationsShapeAreDescribed() {
        given().get("/docs/trial/openapi?format=json")
                .then()
                .statusCode(200)
                .body("paths.'/api/v1/notes/{id}'.get.responses.keySet()", hasItems("200", "401", "403", "404", "503"))
                .body("paths.'/api/v1/notes'.post.responses.keySet()", hasItems("400", "413", "503"))
                .body(
                        "paths.'/api/v1/notes'.post.responses.'400'.content.keySet()",
                        hasItem("application/problem+json"));
    }

    private static RequestSpecification caller() {
        return given().auth().oauth2(TestTokens.of(TestTokens.tenant("edge"), Roles.EDITOR));
    }
}
