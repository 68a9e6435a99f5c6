package io.stockhook.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhook.platform.testing.RouteTable;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTests {

    private static final RouteTable TABLE = RouteTable.parse("""
            # Webhooks
            GET  /webhooks       viewer

            POST /webhooks       editor
            GET  /keys           admin,owner
            POST /mock/{id}      open
            """);

    @Test
    void nothingIsMissingWhereTableAndDocumentAgree() {
        // Given
        Map<String, Map<String, Object>> paths = Map.of(
                "/webhooks", Map.of("get", "", "post", "", "parameters", ""),
                "/keys", Map.of("get", ""),
                "/mock/{id}", Map.of("post", ""));

        // Expect
        assertThat(TABLE.differences(paths)).isEmpty();
    }

    @Test
    void routeThatWasForgottenAndOneThatIsGoneAreNamed() {
        // Given
        Map<String, Map<String, Object>> paths = Map.of(
                "/webhooks", Map.of("get", "", "post", "", "delete", ""),
                "/keys", Map.of("get", ""));

        // Expect
        assertThat(TABLE.differences(paths))
                .containsExactly(
                        "DELETE /webhooks is not in the table: say which roles may call it",
                        "POST /mock/{id} is in the table and no route of the service");
    }

    @ParameterizedTest
    @CsvSource({
        "0, owner editor viewer",
        "1, owner editor",
        "2, admin owner",
        "3, ",
    })
    void roleIncludesThoseBelowIt(int rule, String allowed) {
        assertThat(RouteTable.roles())
                .allSatisfy(role -> assertThat(TABLE.rules().get(rule).allows(role))
                        .isEqualTo(allowed != null && allowed.contains(role)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET /webhooks", "FETCH /webhooks viewer", "GET /webhooks reader", "GET /webhooks viewer ,"})
    void lineThatIsNoRuleIsRefused(String line) {
        assertThatThrownBy(() -> RouteTable.parse(line)).isInstanceOf(IllegalArgumentException.class);
    }
}
