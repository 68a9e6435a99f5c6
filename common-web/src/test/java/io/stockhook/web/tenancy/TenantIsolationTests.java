package io.stockhook.web.tenancy;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.stockhook.events.Ids;
import io.stockhook.platform.testing.TestTokens;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.trial.Note;
import io.stockhook.web.trial.Notes;
import io.stockhook.web.trial.TrialTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The queries of {@link Notes} have no condition: whatever is kept apart here, the policies keep apart. */
@TrialTest
class TenantIsolationTests {

    private static final String A = TestTokens.tenant("iso_a");
    private static final String B = TestTokens.tenant("iso_b");

    @Inject
    Notes notes;

    @Inject
    AgroalDataSource dataSource;

    @BeforeEach
    void twoNotesOfEachTenant() {
        for (String tenant : List.of(A, A, B, B)) {
            TenantScope.as(tenant, () -> notes.add(tenant, note(tenant)));
        }
    }

    @AfterEach
    void clear() {
        TenantScope.asSystem(() -> QuarkusTransaction.requiringNew().run(() -> {
            try (var connection = dataSource.getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("delete from note");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }));
    }

    @Test
    void aCallerSeesItsOwnRowsOnly() {
        given().auth()
                .oauth2(TestTokens.of(A, Roles.VIEWER))
                .get("/api/v1/notes")
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .body("items.text", everyItem(equalTo(A)));
    }

    @Test
    void aForeignIdIs404() {
        String foreign = TenantScope.as(B, notes::inTransaction).get(0).id();
        given().auth()
                .oauth2(TestTokens.of(A, Roles.VIEWER))
                .get("/api/v1/notes/" + foreign)
                .then()
                .statusCode(404);
    }

    @Test
    void nothingLeaksBetweenTransactionsOnPooledConnections() {
        // Given
        var pool = Executors.newFixedThreadPool(8);

        // When
        List<CompletableFuture<List<String>>> answers = IntStream.range(0, 200)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> textsSeenBy(i % 2 == 0 ? A : B), pool))
                .toList();

        // Then
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).join()).containsOnly(i % 2 == 0 ? A : B).hasSize(2);
        }
        assertThat(notes.inTransaction()).isEmpty();
        pool.shutdownNow();
    }

    @Test
    void whereNobodyIsNamedNothingIsSeen() {
        assertThat(notes.inTransaction()).isEmpty();
        assertThat(notes.outsideTransaction()).isEmpty();
    }

    @Test
    void outsideATransactionNothingIsSeenByAnyone() {
        assertThat(TenantScope.asSystem(notes::outsideTransaction)).isEmpty();
    }

    @Test
    void theSystemSeesAllRows() {
        assertThat(TenantScope.asSystem(notes::inTransaction)).hasSize(4);
    }

    @Test
    void aRowOfAnotherTenantCannotBeWritten() {
        var refused = catchThrowable(() -> TenantScope.as(A, () -> notes.add(B, note("smuggled"))));
        assertThat(refused).hasStackTraceContaining("row-level security");
    }

    @Test
    void scopesNest() {
        var seen = TenantScope.as(A, () -> Stream.of(
                        notes.inTransaction(), TenantScope.as(B, notes::inTransaction), notes.inTransaction())
                .map(list -> list.get(0).text())
                .toList());
        assertThat(seen).containsExactly(A, B, A);
    }

    private List<String> textsSeenBy(String tenant) {
        return TenantScope.as(tenant, notes::inTransaction).stream()
                .map(Note::text)
                .toList();
    }

    private static Note note(String text) {
        return new Note(Ids.next(Ids.Kind.PRODUCT), text);
    }
}
