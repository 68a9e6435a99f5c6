package io.stockhook.web.paging;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.specification.RequestSpecification;
import io.stockhook.events.Ids;
import io.stockhook.platform.testing.TestTokens;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.tenancy.TenantScope;
import io.stockhook.web.trial.Note;
import io.stockhook.web.trial.Notes;
import io.stockhook.web.trial.TrialTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TrialTest
class PagingTests {

    @Inject
    Notes notes;

    @Test
    void thePagesTogetherAreTheList() {
        // Given
        String tenant = tenantWithNotes(7);

        // When
        List<List<String>> pages = new ArrayList<>();
        String next = null;
        do {
            var request = caller(tenant).queryParam("limit", 3);
            var answer = (next == null ? request : request.queryParam("cursor", next)).get("/api/v1/notes");
            pages.add(answer.jsonPath().getList("items.text"));
            next = answer.jsonPath().getString("next");
        } while (next != null);

        // Then
        assertThat(pages).containsExactly(List.of("0", "1", "2"), List.of("3", "4", "5"), List.of("6"));
    }

    @Test
    void aPageLinksToTheNextAndKeepsTheQuery() {
        String tenant = tenantWith("a&b", "b&c");
        var page = caller(tenant).queryParam("limit", 1).queryParam("text", "&").get("/api/v1/notes");
        String next = page.jsonPath().getString("next");
        page.then()
                .header(
                        "Link",
                        allOf(
                                containsString("</api/v1/notes?"),
                                containsString("limit=1"),
                                containsString("text=%26"),
                                containsString("cursor=" + next),
                                containsString("rel=\"next\"")));
    }

    @Test
    void theLastPageLinksNowhere() {
        caller(tenantWithNotes(1))
                .get("/api/v1/notes")
                .then()
                .header("Link", nullValue())
                .body("next", nullValue())
                .body("total", nullValue());
    }

    @ParameterizedTest
    @CsvSource({
        "limit, 0, limit",
        "limit, 201, limit",
        "limit, ten, limit",
        "cursor, !, cursor",
        "cursor, x, cursor",
        // NUL, which is a position of no list
        "cursor, AA, cursor",
        "offset, 10, cursor",
    })
    void whatIsNoPageIs400(String parameter, String value, String blamed) {
        caller(TestTokens.tenant("paging"))
                .queryParam(parameter, value)
                .get("/api/v1/notes")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo(blamed));
    }

    private String tenantWithNotes(int count) {
        return tenantWith(IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new));
    }

    private String tenantWith(String... texts) {
        String tenant = Ids.next(Ids.Kind.TENANT);
        TenantScope.as(tenant, () -> IntStream.range(0, texts.length)
                .forEach(i -> notes.add(tenant, new Note(tenant + i, texts[i]))));
        return tenant;
    }

    private static RequestSpecification caller(String tenant) {
        return given().auth().oauth2(TestTokens.of(tenant, Roles.VIEWER));
    }
}
