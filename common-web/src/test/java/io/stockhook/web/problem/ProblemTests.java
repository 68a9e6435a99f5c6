package io.stockhook.web.problem;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.stockhook.platform.testing.TestTokens;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.trial.TrialTest;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TrialTest
class ProblemTests {

    @ParameterizedTest
    @ValueSource(strings = {"{\"text\": ", "{\"text\" \"a\"}", "nonsense", "{\"text\":\"a\"} trailing", "{'text':1}"})
    void whatIsNoJsonIs400WithItsPlace(String body) {
        create(body).statusCode(400).body("detail", containsString("line 1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "null"})
    void aMissingBodyIs400(String body) {
        create(body).statusCode(400).body("detail", containsString("body is needed"));
    }

    @Test
    void aMissingBodyIsFineWhereItIsOptional() {
        caller().contentType("application/json")
                .post("/api/v1/notes/optional")
                .then()
                .statusCode(200)
                .body("given", is(false));
    }

    @Test
    void anUnknownFieldIsNamedTogetherWithTheKnownOnes() {
        blames(create("{\"text\":\"a\",\"retry_config\":{\"max_retries\":1,\"delay\":1}}"), "retry_config.delay")
                .body("errors[0].message", containsString("delays, max_retries"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"text\":1} | text | a string",
                "{\"text\":true} | text | a string",
                "{\"text\":{}} | text | a string",
                "{\"text\":\"a\",\"price\":\"1\"} | price | a number",
                "{\"text\":\"a\",\"price\":[]} | price | a number",
                "{\"text\":\"a\",\"mood\":\"GOOD\"} | mood | one of good, rather_bad",
                "{\"text\":\"a\",\"mood\":1} | mood | one of good, rather_bad",
                "{\"text\":\"a\",\"due_at\":\"tomorrow\"} | due_at | a time in RFC 3339",
                "{\"text\":\"a\",\"due_at\":5} | due_at | a time in RFC 3339",
                "{\"text\":\"a\",\"due_at\":\"+10000-01-01T00:00:00Z\"} | due_at | a time in RFC 3339",
                "{\"text\":\"a\",\"due_at\":\"9999-12-31T23:59:59-01:00\"} | due_at | a time in RFC 3339",
                "{\"text\":\"a\",\"due_at\":\"2026-01-31T12:00+01:00\"} | due_at | a time in RFC 3339",
                "{\"text\":\"a\",\"retry_config\":[]} | retry_config | an object",
                "{\"text\":\"a\",\"retry_config\":{\"max_retries\":\"1\"}} | retry_config.max_retries | a whole number",
                "{\"text\":\"a\",\"retry_config\":{\"max_retries\":1.5}} | retry_config.max_retries | a whole number",
                "{\"text\":\"a\",\"retry_config\":{\"max_retries\":null}} | retry_config.max_retries | a whole number",
                "{\"text\":\"a\",\"retry_config\":{\"delays\":[1,\"x\"]}} | retry_config.delays[1] | a whole number",
                "[1] | body | an object",
                "{\"text\":\"a\",\"retry_config\":{\"max_retries\":99999999999}} | retry_config.max_retries | a whole number",
            })
    void aValueOfAnotherTypeIs400ThatSaysWhatIsNeeded(String body, String field, String needed) {
        blames(create(body), field).body("errors[0].message", containsString(needed));
    }

    @Test
    void aDuplicateFieldIs400() {
        blames(create("{\"text\":\"a\",\"text\":\"b\"}"), "text").body("errors[0].message", containsString("once"));
    }

    @Test
    void jsonNestedTooDeepIs400() {
        create("{\"text\":\"a\",\"attributes\":{\"deep\":" + "[".repeat(1_001) + "]".repeat(1_001) + "}}")
                .statusCode(400)
                .body("detail", containsString("beyond the limits"));
    }

    @Test
    void aNumberOfTooManyDigitsIs400() {
        create("{\"text\":\"a\",\"price\":" + "9".repeat(1_001) + "}")
                .statusCode(400)
                .body("detail", containsString("beyond the limits"));
    }

    @Test
    void aHugeNumberDoesNotBecomeInfinite() {
        caller().contentType("application/json")
                .body("{\"text\":\"a\",\"price\":1e400}")
                .post("/api/v1/notes/echo")
                .then()
                .statusCode(200)
                .body(containsString("\"price\":1E+400"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\ud800", "\\udc00x"})
    void textThatCannotBeStoredIs400(String text) {
        blames(create("{\"text\":\"a" + text + "\"}"), "text");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'' | 0", "{ | 1", "\"\\u0000\" | 8"})
    void aBodyThatIsTakenAsItComesIsNotLookedInto(String body, int length) {
        caller().contentType("application/json")
                .body(body)
                .post("/api/v1/notes/raw")
                .then()
                .statusCode(200)
                .body("length", is(length));
    }

    @Test
    void whatIsNoUtf8Is400() {
        var body = "{\"text\":\"\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1);
        caller().contentType("application/json")
                .body(body)
                .post("/api/v1/notes")
                .then()
                .statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-16"})
    void jsonInAnotherEncodingThanUtf8Is400(String encoding) {
        // Its escapes would pass by whoever looks for them byte by byte.
        var body = "{\"text\":\"\\u0000\"}".getBytes(Charset.forName(encoding));
        caller().contentType("application/json")
                .body(body)
                .post("/api/v1/notes")
                .then()
                .statusCode(400);
    }

    @Test
    void aParameterThatTheOperationDoesNotHaveIs400() {
        blames(caller().get("/api/v1/notes?limit=1&txet=a").then(), "txet")
                .body("errors[0].message", containsString("There are: cursor, limit, text."));
        blames(
                caller().contentType("application/json")
                        .body("{\"text\":\"a\"}")
                        .post("/api/v1/notes?dry_run=true")
                        .then(),
                "dry_run");
    }

    @Test
    void brokenConstraintsNameEveryField() {
        create("{\"text\":\" \",\"retry_config\":{\"max_retries\":-1,\"delays\":[1,0]}}")
                .statusCode(400)
                .body("errors.field", hasItem("text"))
                .body("errors.field", hasItem("retry_config.max_retries"))
                .body("errors.field", hasItem("retry_config.delays[1]"))
                .body("errors.size()", is(3));
    }

    @ParameterizedTest
    @CsvSource({
        "min_count, x, a whole number",
        "min_count, 1.5, a whole number",
        "since, yesterday, RFC 3339",
        "since, -0001-01-01T00:00:00Z, RFC 3339",
        "minimum, 3, 'There are: min_count, mood, price, short_text, since.'",
        "price, abc, a number",
        "mood, GOOD, 'good, rather_bad'",
        "short_text, long, size",
    })
    void aQueryParameterThatDoesNotFitIs400(String name, String value, String message) {
        blames(caller().queryParam(name, value).get("/api/v1/notes/typed").then(), name)
                .body("errors[0].message", containsString(message));
    }

    @Test
    void queryParametersThatFitAreRead() {
        caller().queryParam("min_count", "3")
                .queryParam("since", "2026-01-31T13:00:00+01:00")
                .queryParam("price", "1.10")
                .queryParam("mood", "rather_bad")
                .get("/api/v1/notes/typed")
                .then()
                .statusCode(200)
                .body(allOf(
                        containsString("\"min_count\":3"),
                        containsString("\"since\":\"2026-01-31T12:00:00Z\""),
                        containsString("\"price\":1.10"),
                        containsString("\"mood\":\"rather_bad\"")));
    }

    @Test
    void anotherContentTypeIs415() {
        isProblem(
                caller().contentType("text/plain")
                        .body("a")
                        .post("/api/v1/notes")
                        .then(),
                415);
    }

    @Test
    void anAcceptThatCannotBeMetIs406() {
        isProblem(caller().accept("text/csv").get("/api/v1/notes").then(), 406);
    }

    @Test
    void anotherMethodIs405() {
        isProblem(caller().delete("/api/v1/notes").then(), 405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/nothing", "/api/v1/notes/open/more", "/nowhere", "/"})
    void anUnknownPathIs404(String path) {
        isProblem(caller().get(path).then(), 404);
    }

    @Test
    void anUnknownIdIs404ThatNamesIt() {
        isProblem(caller().get("/api/v1/notes/prd_1").then(), 404).body("detail", containsString("note 'prd_1'"));
    }

    @Test
    void aBodyPastTheLimitIs413() {
        isProblem(create("{\"text\":\"" + "a".repeat(70_000) + "\"}"), 413);
    }

    @Test
    void aBodyOfNoAnnouncedLengthPastTheLimitIs413() throws Exception {
        // Given
        var body = new ByteArrayInputStream(("{\"text\":\"" + "a".repeat(70_000) + "\"}").getBytes(UTF_8));
        var chunked = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + "/api/v1/notes"))
                .header("Authorization", "Bearer " + TestTokens.of(TestTokens.tenant("problem"), Roles.EDITOR))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> body))
                .build();

        // When
        var answer = HttpClient.newHttpClient().send(chunked, BodyHandlers.ofString());

        // Then
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("65536 bytes", "trace_id");
    }

    @Test
    void whatNobodyExpectedIs500WithoutASecret() {
        isProblem(caller().get("/api/v1/notes/crash").then(), 500)
                .body("trace_id.length()", is(32))
                .body(not(containsString("Secret")));
    }

    private static ValidatableResponse create(String body) {
        return caller().contentType("application/json")
                .body(body)
                .post("/api/v1/notes")
                .then();
    }

    @Test
    void typeLeadsToAPageThatDescribesIt() {
        // Given
        String type = given().get("/api/v1/nothing-here").then().extract().path("type");

        // When
        String page = given().get(type.substring(0, type.indexOf('#')))
                .then()
                .statusCode(200)
                .contentType("text/html")
                .extract()
                .asString();

        // Then
        assertThat(page).contains("id=\"" + type.substring(type.indexOf('#') + 1) + "\"");
    }

    private static RequestSpecification caller() {
        return given().auth().oauth2(TestTokens.of(TestTokens.tenant("problem"), Roles.EDITOR));
    }

    private static ValidatableResponse blames(ValidatableResponse answer, String field) {
        return isProblem(answer, 400).body("errors[0].field", equalTo(field));
    }

    private static ValidatableResponse isProblem(ValidatableResponse answer, int status) {
        return answer.statusCode(status)
                .contentType("application/problem+json")
                .body("type", containsString("/docs/problems#"))
                .body("status", is(status))
                .body(not(containsString("java")));
    }
}
