package io.stockhook.web.idempotency;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.response.Response;
import io.stockhook.events.Ids;
import io.stockhook.platform.testing.Concurrently;
import io.stockhook.platform.testing.TestTokens;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.tenancy.TenantScope;
import io.stockhook.web.trial.NoteResource;
import io.stockhook.web.trial.Notes;
import io.stockhook.web.trial.TrialTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TrialTest
class IdempotencyTests {

    private static final String BODY = "{\"text\":\"once\"}";

    private final String tenant = Ids.next(Ids.Kind.TENANT);

    @Inject
    Notes notes;

    @Inject
    IdempotencyKeys keys;

    @Inject
    IdempotencyConfig config;

    @Inject
    AgroalDataSource dataSource;

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/notes", "/api/v1/notes/plain"})
    void theSameKeyAndBodyGiveTheSameAnswerAgain(String path) {
        // Given
        Response first = create(path, "key-1", BODY);

        // When
        Response second = create(path, "key-1", BODY);

        // Then
        first.then().header(Idempotent.REPLAYED, nullValue());
        second.then()
                .statusCode(first.statusCode())
                .contentType("application/json")
                .header(Idempotent.REPLAYED, "true")
                .header("Location", equalTo(first.header("Location")));
        assertThat(second.asString()).isEqualTo(first.asString()).contains("prd_");
    }

    @Test
    void whatIsAnsweredAgainIsNotDoneAgain() {
        create("/api/v1/notes", "key-1", BODY);
        create("/api/v1/notes", "key-1", BODY);
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void withoutAKeyEveryRequestIsDone() {
        create("/api/v1/notes", null, BODY);
        create("/api/v1/notes", null, BODY);
        assertThat(stored()).isEqualTo(2);
    }

    @Test
    void theSameKeyWithAnotherBodyIs409() {
        create("/api/v1/notes", "key-1", BODY);
        create("/api/v1/notes", "key-1", "{\"text\":\"other\"}").then().statusCode(409);
    }

    @Test
    void keysOfTenantsAndPathsAreApart() {
        create("/api/v1/notes", "key-1", BODY);
        create("/api/v1/notes/plain", "key-1", "{\"text\":\"other\"}").then().statusCode(200);
        given().auth()
                .oauth2(TestTokens.of(TestTokens.tenant("other"), Roles.EDITOR))
                .contentType("application/json")
                .header(Idempotent.HEADER, "key-1")
                .body("{\"text\":\"other\"}")
                .post("/api/v1/notes")
                .then()
                .statusCode(201);
    }

    @Test
    void aRefusedRequestFreesItsKey() {
        create("/api/v1/notes", "key-1", "{\"text\":\"twin\"}").then().statusCode(409);
        create("/api/v1/notes", "key-1", "{\"text\":1}").then().statusCode(400);
        create("/api/v1/notes", "key-1", BODY).then().statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "", "ümlaut"})
    void aKeyThatIsNotVisibleAsciiIs400(String key) {
        create("/api/v1/notes", key, BODY).then().statusCode(400);
    }

    @Test
    void ofRequestsAtTheSameTimeOneIsDoneAndTheOthersAreToldToComeAgain() {
        // Given
        var hold = new CountDownLatch(1);
        NoteResource.HOLD.set(hold);

        // When
        List<CompletableFuture<Response>> requests = IntStream.range(0, 5)
                .mapToObj(i -> Concurrently.supply(() -> create("/api/v1/notes", "key-1", BODY)))
                .toList();
        Awaitility.await()
                .atMost(Duration.ofSeconds(9))
                .until(() -> requests.stream().filter(CompletableFuture::isDone).count() == 4);
        NoteResource.HOLD.set(null);
        hold.countDown();

        // Then
        var answers = requests.stream().map(CompletableFuture::join).toList();
        assertThat(answers).extracting(Response::statusCode).containsExactlyInAnyOrder(201, 409, 409, 409, 409);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 409)
                .allSatisfy(answer -> assertThat(answer.header("Retry-After")).isEqualTo("1"));
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void aKeyWhoseRequestWasLostIsTakenOver() {
        // Given
        var use = new KeyUse(tenant, "POST /api/v1/notes", "key-1");
        keys.claim(use, new byte[] {1});
        assertThat(keys.claim(use, new byte[] {1})).isInstanceOf(Claim.InProgress.class);

        // When
        age(config.abandonedAfter());

        // Then
        create("/api/v1/notes", "key-1", BODY).then().statusCode(201).header(Idempotent.REPLAYED, nullValue());
    }

    @Test
    void whatWasTakenOverIsNotDisturbedByTheOneThatWasLost() {
        // Given
        var use = new KeyUse(tenant, "POST /api/v1/notes", "key-1");
        var lost = (Claim.Granted) keys.claim(use, new byte[] {1});
        age(config.abandonedAfter());
        var second = (Claim.Granted) keys.claim(use, new byte[] {1});

        // When
        keys.answer(lost, new Answer(201, Map.of(), new byte[0]));
        keys.free(lost);

        // Then
        assertThat(keys.claim(use, new byte[] {1})).isInstanceOf(Claim.InProgress.class);
        keys.answer(second, new Answer(202, Map.of(), new byte[0]));
        assertThat(keys.claim(use, new byte[] {1})).isInstanceOf(Claim.Answered.class);
    }

    @Test
    void whatIsCommittedIsNotDoneAgainAlthoughItsAnswerIsLost() {
        // Given
        String lost = "{\"text\":\"lost\"}";
        create("/api/v1/notes", "key-1", lost).then().statusCode(500);

        // When
        Response soon = create("/api/v1/notes", "key-1", lost);
        age(config.abandonedAfter());
        Response later = create("/api/v1/notes", "key-1", lost);

        // Then
        soon.then().statusCode(409);
        later.then().statusCode(409).body("detail", containsString("carried out"));
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void aRequestWhoseKeyWasTakenOverCommitsNothing() {
        // Given
        var hold = new CountDownLatch(1);
        NoteResource.HOLD.set(hold);
        var slow = Concurrently.supply(() -> create("/api/v1/notes", "key-1", BODY));
        Awaitility.await().atMost(Duration.ofSeconds(9)).until(() -> sql("select count(*) from idempotency_key")
                .equals("1"));
        age(config.abandonedAfter());

        // When
        NoteResource.HOLD.set(null);
        Response second = create("/api/v1/notes", "key-1", BODY);
        hold.countDown();

        // Then
        second.then().statusCode(201);
        assertThat(slow.join().statusCode()).isEqualTo(500);
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void aKeyPastItsRetentionIsForgotten() {
        // Given
        create("/api/v1/notes", "key-1", BODY).then().statusCode(201);
        age(config.retention());

        // When
        keys.purge();

        // Then
        assertThat(sql("select count(*) from idempotency_key")).isEqualTo("0");
        create("/api/v1/notes", "key-1", "{\"text\":\"other\"}").then().statusCode(201);
    }

    @Test
    void aStoredAnswerCannotBeReadInTheDatabase() {
        create("/api/v1/notes", "key-1", BODY);
        assertThat(sql("select answer from idempotency_key")).startsWith("v1.").doesNotContain("once");
    }

    private void age(Duration by) {
        sql("update idempotency_key set created_at = created_at - interval '%d ms' returning 1"
                .formatted(by.toMillis() + 1));
    }

    private String sql(String statement) {
        return TenantScope.as(tenant, () -> QuarkusTransaction.requiringNew().call(() -> {
            try (var connection = dataSource.getConnection();
                    var rows = connection.createStatement().executeQuery(statement)) {
                rows.next();
                return rows.getString(1);
            }
        }));
    }

    private Response create(String path, @Nullable String key, String body) {
        var request = given().auth()
                .oauth2(TestTokens.of(tenant, Roles.EDITOR))
                .contentType("application/json")
                .body(body);
        return (key == null ? request : request.header(Idempotent.HEADER, key)).post(path);
    }

    private int stored() {
        return TenantScope.as(tenant, notes::inTransaction).size();
    }
}
