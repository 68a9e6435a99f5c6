package io.stockhook.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockhook.events.ApiKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTests {

    private final Path directory;

    KeysTests(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void theFirstStartMakesKeysAndTheSecondFindsThem() {
        // Given
        Keys first = Keys.of(directory);

        // When
        Keys second = Keys.of(directory);

        // Then
        assertThat(first.areNew()).isTrue();
        assertThat(second.areNew()).isFalse();
        assertThat(second.masterKeys()).isEqualTo(first.masterKeys());
        assertThat(second.adminKey()).isEqualTo(first.adminKey());
    }

    @Test
    void theAdministratorsKeyIsWellFormed() {
        assertThat(ApiKeys.isWellFormed(Keys.of(directory).adminKey())).isTrue();
    }

    @Test
    void noFileIsForAnybodyButItsOwner() throws Exception {
        // When
        Keys.of(directory);

        // Then
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSize(2).allSatisfy(file -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------"));
        }
    }

    @Test
    void noSecretIsInItsText() {
        // When
        Keys keys = Keys.of(directory);

        // Then
        assertThat(keys.toString()).doesNotContain(keys.adminKey(), keys.masterKeys());
    }
}
