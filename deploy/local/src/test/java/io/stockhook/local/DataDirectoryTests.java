package io.stockhook.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhook.platform.PlatformException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTests {

    private static final Versions VERSIONS = new Versions(Map.of("layout", "1", "kafka", "4.1", "postgres", "18"));
    private static final Versions NEWER = new Versions(Map.of("layout", "1", "kafka", "4.1", "postgres", "19"));

    private final Path path;

    DataDirectoryTests(@TempDir Path path) {
        this.path = path;
    }

    @Test
    void aDirectoryIsOpenedAgainOnceItWasClosed() {
        // Given
        DataDirectory.open(path, VERSIONS).close();

        // When
        DataDirectory second = DataDirectory.open(path, VERSIONS);

        // Then
        assertThat(second).hasToString(path.toString());
        second.close();
    }

    @Test
    void onePlatformAtATimeUsesADirectory() {
        // Given
        try (DataDirectory first = DataDirectory.open(path, VERSIONS)) {

            // When, Then
            assertThatThrownBy(() -> DataDirectory.open(path, VERSIONS))
                    .isInstanceOf(PlatformException.class)
                    .hasMessageStartingWith("Another Stockhook is running on " + first);
        }
    }

    @Test
    void dataOfOtherVersionsIsRefusedInOneSentence() {
        // Given
        DataDirectory.open(path, VERSIONS).close();

        // When, Then
        assertThatThrownBy(() -> DataDirectory.open(path, NEWER))
                .isInstanceOf(PlatformException.class)
                .hasMessage(
                        "The data in %s was written by kafka 4.1, layout 1, postgres 18 and this is kafka 4.1, layout 1,"
                                + " postgres 19; name another directory with --data.",
                        path);
    }

    @Test
    void aMarkThatCannotBeReadIsSaidInOneSentence() throws Exception {
        // Given
        Path mark = Files.createDirectories(path.resolve("versions.properties"));

        // When, Then
        assertThatThrownBy(() -> DataDirectory.open(path, VERSIONS))
                .isInstanceOf(PlatformException.class)
                .hasMessageStartingWith(mark + " cannot be read or written: ");
    }

    @Test
    void aRefusedDirectoryIsNotHeld() {
        // Given
        DataDirectory.open(path, VERSIONS).close();
        assertThatThrownBy(() -> DataDirectory.open(path, NEWER)).isInstanceOf(PlatformException.class);

        // When
        DataDirectory again = DataDirectory.open(path, VERSIONS);

        // Then
        assertThat(again).hasToString(path.toString());
        again.close();
    }

    @Test
    void aFullDiskIsRefusedWithWhatIsLeft() {
        assertThatThrownBy(() -> DataDirectory.requireSpace(path, 512L * 1024 * 1024))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("512 MiB left")
                .hasMessageContaining(path.toString());
    }

    @Test
    void aPlaceThatCannotBeADirectoryIsRefused() throws Exception {
        // Given
        Path file = Files.createFile(path.resolve("file"));

        // When, Then
        assertThatThrownBy(() -> DataDirectory.open(file, VERSIONS))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void theBuildKnowsItsVersions() {
        assertThat(Versions.current().parts().values())
                .allSatisfy(version -> assertThat(version).matches("\\d+(\\.\\d+)?"));
    }
}
