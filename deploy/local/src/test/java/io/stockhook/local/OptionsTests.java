package io.stockhook.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhook.platform.PlatformException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTests {

    private static final Path HOME = Path.of("/repository");

    @Test
    void withoutOptionsTheTourIsShownOnPort8080AndThePlatformStays() {
        // When
        Options options = parse();

        // Then
        assertThat(options).isEqualTo(new Options(8080, Path.of("/repository/.stockhook"), true, false));
    }

    @Test
    void everyOptionIsTaken() {
        // When
        Options options = parse("--exit", "--port", "9000", "--data", "/somewhere/else", "--no-tour");

        // Then
        assertThat(options).isEqualTo(new Options(9000, Path.of("/somewhere/else"), false, true));
    }

    @Test
    void aRelativeDataDirectoryIsThatOfTheCaller() {
        // When
        Options options = parse("--data", "data");

        // Then
        assertThat(options.data()).isEqualTo(Path.of("data").toAbsolutePath());
    }

    @Test
    void anUnknownOptionIsNamed() {
        assertThatThrownBy(() -> parse("--fast"))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("--fast");
    }

    @Test
    void anOptionWithoutItsValueIsNamed() {
        assertThatThrownBy(() -> parse("--exit", "--port"))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("--port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65514", "http", "-1", ""})
    void aPortIsANumberThatLeavesRoomForTheOthers(String port) {
        assertThatThrownBy(() -> parse("--port", port))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("from 1 to 65513");
    }

    private static Options parse(String... arguments) {
        return Options.parse(List.of(arguments), HOME);
    }
}
