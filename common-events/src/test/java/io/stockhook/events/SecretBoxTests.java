package io.stockhook.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhook.events.SecretBox.SecretUnreadableException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretBoxTests {

    private static final String OLD = "old:" + key(1);
    private static final String NEW = "new:" + key(2);
    private static final String OWNER = "endpoint:wh_1";
    private static final String SECRET = "whsec_s3cr3t";

    private final SecretBox box = SecretBox.fromConfig(OLD);

    @Test
    void givesBackWhatItWasGiven() {
        assertThat(box.decryptText(box.encrypt(SECRET, OWNER), OWNER)).isEqualTo(SECRET);
        assertThat(box.decrypt(box.encrypt(new byte[0], OWNER), OWNER)).isEmpty();
    }

    @Test
    void encryptsTheSameSecretDifferentlyEachTime() {
        assertThat(box.encrypt(SECRET, OWNER)).isNotEqualTo(box.encrypt(SECRET, OWNER));
    }

    @Test
    void bindsASecretToItsOwner() {
        // Given
        String encrypted = box.encrypt(SECRET, OWNER);

        // Then
        assertThatThrownBy(() -> box.decrypt(encrypted, "endpoint:wh_2")).isInstanceOf(SecretUnreadableException.class);
    }

    @Test
    void readsWhatAFormerMasterKeyEncryptedAndEncryptsWithTheCurrentOne() {
        // Given
        String before = box.encrypt(SECRET, OWNER);
        SecretBox rotated = SecretBox.fromConfig(NEW + ',' + OLD);

        // When
        String after = rotated.encrypt(SECRET, OWNER);

        // Then
        assertThat(rotated.decryptText(before, OWNER)).isEqualTo(SECRET);
        assertThat(after).startsWith("v1.new.");
        assertThat(SecretBox.fromConfig(NEW).decryptText(after, OWNER)).isEqualTo(SECRET);
    }

    @Test
    void cannotReadWhatAMasterKeyEncryptedThatIsTakenAway() {
        // Given
        String encrypted = box.encrypt(SECRET, OWNER);

        // Then
        assertThatThrownBy(() -> SecretBox.fromConfig(NEW).decrypt(encrypted, OWNER))
                .isInstanceOf(SecretUnreadableException.class)
                .hasMessageContaining("'old'");
        assertThatThrownBy(() -> SecretBox.fromConfig("old:" + key(3)).decrypt(encrypted, OWNER))
                .isInstanceOf(SecretUnreadableException.class);
    }

    @Test
    void noticesEveryFlippedBit() {
        // Given
        String encrypted = box.encrypt(SECRET, OWNER);
        for (int part = 2; part < 4; part++) {
            int bits = Base64.getUrlDecoder().decode(encrypted.split("\\.", -1)[part]).length * 8;
            for (int bit = 0; bit < bits; bit++) {
                // When
                String tampered = withBitFlipped(encrypted, part, bit);

                // Then
                assertThatThrownBy(() -> box.decrypt(tampered, OWNER)).isInstanceOf(SecretUnreadableException.class);
            }
        }
    }

    @Test
    void noticesADataKeyPutBesideAnotherCiphertext() {
        // Given
        String[] one = box.encrypt("one", OWNER).split("\\.", -1);
        String[] other = box.encrypt("other", OWNER).split("\\.", -1);

        // When
        String mixed = String.join(".", one[0], one[1], one[2], other[3]);

        // Then
        assertThatThrownBy(() -> box.decrypt(mixed, OWNER)).isInstanceOf(SecretUnreadableException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v1",
                "...",
                "v1.old..",
                "v1.old.AAAA.AAAA",
                "v2.old.AAAA.AAAA",
                "v1.old.!!!!.AAAA",
                "v1.old.A.A.A",
                "plain"
            })
    void cannotReadWhatItDidNotWrite(String text) {
        assertThatThrownBy(() -> box.decrypt(text, OWNER)).isInstanceOf(SecretUnreadableException.class);
    }

    @Test
    void neverShowsWhatItCannotRead() {
        // Given
        String encrypted = box.encrypt(SECRET, OWNER);

        // Then
        assertThatThrownBy(() -> box.decrypt(encrypted, "other"))
                .message()
                .doesNotContain(SECRET)
                .doesNotContain(encrypted.substring(10, 20));
    }

    @Test
    void refusesASettingThatIsNoListOfKeysAndNeverShowsAKey() {
        // Given
        List<String> settings = List.of(
                "",
                "old",
                ":" + key(1),
                OLD + ',',
                "a b:" + key(1),
                "old:not base64!",
                "old:" + key(1).substring(4),
                OLD + ",old:" + key(2));

        for (String setting : settings) {
            // Then
            assertThatThrownBy(() -> SecretBox.fromConfig(setting))
                    .as(setting)
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .doesNotContain(key(1))
                    .doesNotContain(key(2));
        }
    }

    private static String key(int fill) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) fill);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String withBitFlipped(String encrypted, int part, int bit) {
        String[] parts = encrypted.split("\\.", -1);
        byte[] bytes = Base64.getUrlDecoder().decode(parts[part].getBytes(UTF_8));
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
        parts[part] = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return String.join(".", parts);
    }
}
