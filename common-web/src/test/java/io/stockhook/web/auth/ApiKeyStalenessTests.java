package io.stockhook.web.auth;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.response.ValidatableResponse;
import io.stockhook.platform.testing.TestPlatform;
import io.stockhook.platform.testing.TestTokens;
import io.stockhook.web.trial.TenantsTopic;
import io.stockhook.web.trial.TrialTest;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@TrialTest
class ApiKeyStalenessTests {

    private static final Duration AT_MOST = Duration.ofSeconds(30);

    @Test
    void keysAreRefusedWhileWhatIsKnownOfThemIsTooOldAndTakenAgainAfter() {
        // Given
        String key = TenantsTopic.key(TestTokens.tenant("stale"), Roles.VIEWER);
        Awaitility.await().atMost(AT_MOST).untilAsserted(() -> list(key).statusCode(200));

        TestPlatform.kafka().stop();
        try {
            // When
            Awaitility.await()
                    .atMost(AT_MOST)
                    .untilAsserted(() -> list(key).statusCode(503).header("Retry-After", notNullValue()));

            // Then
            list(TestTokens.of(TestTokens.tenant("stale"), Roles.VIEWER)).statusCode(200);
        } finally {
            TestPlatform.kafka().start();
        }
        Awaitility.await().atMost(AT_MOST).untilAsserted(() -> list(key).statusCode(200));
    }

    private static ValidatableResponse list(String token) {
        return given().auth().oauth2(token).get("/api/v1/notes").then();
    }
}
