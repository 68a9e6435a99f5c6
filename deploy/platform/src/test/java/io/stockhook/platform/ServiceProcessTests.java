package io.stockhook.platform;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProcessTests {

    private final Path runJar;
    private final Path log;
    private final ServiceProcess service;

    ServiceProcessTests(@TempDir Path directory) {
        runJar = directory.resolve("quarkus-run.jar");
        log = directory.resolve("logs").resolve("example.log");
        service = new ServiceProcess(
                new ServiceProcess.Specification("example-service", runJar, Map.of(), List.of(), Ports.free(), log));
    }

    @Test
    void aServiceThatIsNotBuiltIsNamed() {
        assertThatThrownBy(service::start)
                .isInstanceOf(PlatformException.class)
                .hasMessage("example-service is not built: there is no %s.", runJar);
    }

    @Test
    void aServiceThatCrashesAtItsStartIsToldWithThePlaceOfItsLog() throws Exception {
        // Given
        Files.createFile(runJar);

        // When, Then
        assertThatThrownBy(service::start)
                .isInstanceOf(PlatformException.class)
                .hasMessage("example-service ended by itself with exit code 1; see %s.", log);
    }
}
