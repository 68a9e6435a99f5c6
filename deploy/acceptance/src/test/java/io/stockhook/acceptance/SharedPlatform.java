package io.stockhook.acceptance;

import io.stockhook.local.LocalPlatform;
import io.stockhook.platform.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One platform for all tests of a JVM, started by the first that asks and stopped at the JVM's end: starting it takes half a minute. */
final class SharedPlatform {

    private static final int PORTS = 23;

    private static @Nullable LocalPlatform platform;

    private SharedPlatform() {}

    /** The platform, everything on it up. */
    static synchronized LocalPlatform get() {
        if (platform == null) {
            platform = start();
        }
        return platform;
    }

    private static LocalPlatform start() {
        Path home = Path.of(System.getProperty("stockhook.home"));
        try {
            Path data = Files.createTempDirectory("stockhook-acceptance");
            LocalPlatform started = LocalPlatform.of(home, data, Ports.freeRow(PORTS), System.out);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                started.close();
                delete(data);
            }));
            started.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
