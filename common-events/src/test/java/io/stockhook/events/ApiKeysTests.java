package io.stockhook.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTests {

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_- \n\u0660";

    @Test
    void areWellFormedAndNeverTheSame() {
        // When
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            keys.add(ApiKeys.generate());
        }

        // Then
        assertThat(keys).hasSize(1_000).allMatch(ApiKeys::isWellFormed).allMatch(key -> key.matches("shk_\\w{49}"));
    }

    @Test
    void areRefusedWithAnySingleCharacterChanged() {
        // Given
        String key = ApiKeys.generate();

        for (int position = 0; position < key.length(); position++) {
            for (char other : ALPHABET.toCharArray()) {
                if (other != key.charAt(position)) {
                    // When
                    String mistyped = key.substring(0, position) + other + key.substring(position + 1);

                    // Then
                    assertThat(ApiKeys.isWellFormed(mistyped)).as(mistyped).isFalse();
                }
            }
        }
    }

    @Test
    void areRefusedWithTwoNeighboursSwapped() {
        // Given
        String key = ApiKeys.generate();

        for (int position = 0; position + 1 < key.length(); position++) {
            // When
            String swapped = key.substring(0, position)
                    + key.charAt(position + 1)
                    + key.charAt(position)
                    + key.substring(position + 2);

            // Then
            assertThat(ApiKeys.isWellFormed(swapped)).isEqualTo(swapped.equals(key));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shk_",
                "shk",
                "eyJhbGciOiJSUzI1NiJ9.e30.c2ln",
                "SHK_0000000000000000000000000000000000000000000000000"
            })
    void areToldFromAnythingElse(String text) {
        assertThat(ApiKeys.isWellFormed(text)).isFalse();
    }

    @Test
    void areRefusedWithAnythingAroundThem() {
        // Given
        String key = ApiKeys.generate();

        // Then
        assertThat(ApiKeys.isWellFormed(' ' + key)).isFalse();
        assertThat(ApiKeys.isWellFormed(key + '\n')).isFalse();
        assertThat(ApiKeys.isWellFormed(key.substring(0, key.length() - 1))).isFalse();
    }

    @Test
    void areStoredAsTheirSha256() {
        // FIPS 180-2, appendix B.1
        assertThat(ApiKeys.hash("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
