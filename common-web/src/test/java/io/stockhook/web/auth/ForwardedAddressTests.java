package io.stockhook.web.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import io.stockhook.platform.testing.TestTokens;
import io.stockhook.web.trial.TenantsTopic;
import io.stockhook.web.trial.TrialTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The trial service trusts a proxy at 127.0.0.1, and nobody else, to say where a request comes from. */
@TrialTest
class ForwardedAddressTests {

    private static final String PROXY = "127.0.0.1";
    private static final String STRANGER = "127.0.0.2";

    @Test
    void aKeyIsHeldAgainstTheAddressThatATrustedProxyNames() {
        String key = TenantsTopic.key(TestTokens.tenant("forwarded"), Roles.VIEWER, null, List.of("203.0.113.0/24"));
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                        statusOf(PROXY, "203.0.113.9", key))
                .isEqualTo("200"));
        assertThat(statusOf(PROXY, "198.51.100.9", key)).isEqualTo("401");
        assertThat(statusOf(STRANGER, "203.0.113.9", key)).isEqualTo("401");
    }

    /** The status of a request from this address of ours that says it was forwarded for that one. */
    private static String statusOf(String from, String forwardedFor, String key) {
        try (Socket socket =
                new Socket(InetAddress.getByName("127.0.0.1"), RestAssured.port, InetAddress.getByName(from), 0)) {
            socket.getOutputStream().write("""
                    GET /api/v1/notes/caller HTTP/1.1\r
                    Host: localhost\r
                    Authorization: Bearer %s\r
                    X-Forwarded-For: %s\r
                    Connection: close\r
                    \r
                    """.formatted(key, forwardedFor).getBytes(US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            return answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
