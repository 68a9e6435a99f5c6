package io.stockhook.subscription.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockhook.events.SecretBox;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditedStateTests {

    private static final ObjectMapper JSON = new ObjectMapper();
    private final SecretBox box =
            SecretBox.fromConfig("k1:" + Base64.getEncoder().encodeToString(new byte[32]));

    @Test
    void whatIsEncryptedIsMaskedWhereverItStands() {
        // Given
        String sealed = box.encrypt("secret", "owner");

        // When
        String text =
                text(new String[] {"headers", "odd"}, Map.of("Authorization", sealed), List.of(Map.of("deep", sealed)));

        // Then
        assertThat(text).isEqualTo("{\"headers\":{\"Authorization\":\"***\"},\"odd\":[{\"deep\":\"***\"}]}");
    }

    @Test
    void whatIsNamedLikeASecretIsMaskedUnencryptedToo() {
        assertThat(text(new String[] {"clientSecret", "hash", "name"}, "in clear", "abc", "shown"))
                .isEqualTo("{\"client_secret\":\"***\",\"hash\":\"***\",\"name\":\"shown\"}");
    }

    @Test
    void whenASecretEndsIsShown() {
        assertThat(text(new String[] {"secrets"}, List.of(Map.of("valid_until", "2026-01-15T10:30:00Z"))))
                .isEqualTo("{\"secrets\":[{\"valid_until\":\"2026-01-15T10:30:00Z\"}]}");
    }

    @Test
    void whatIsTooLongIsLeftOut() {
        assertThat(text(new String[] {"template"}, "x".repeat(40_000))).matches("\\{\"omitted\":\"\\d+ characters\"}");
    }

    private static String text(String[] names, Object... values) {
        return String.valueOf(AuditedState.text(AuditedState.of(names, values, JSON)));
    }
}
