package io.stockhook.platform.testing;

import io.stockhook.platform.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Directories of servers that live as long as the test JVM. */
final class TemporaryDirectory {

    private TemporaryDirectory() {}

    static Path create(String server) {
        try {
            return Files.createTempDirectory("stockhook-test-" + server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills the server, whose data nobody wants any more, and deletes the directory when the JVM ends. */
    static void deleteAtExit(Path directory, Server server) {
        Thread end = new Thread(
                () -> {
                    server.kill();
                    delete(directory);
                },
                "test-platform-end");
        Runtime.getRuntime().addShutdownHook(end);
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
