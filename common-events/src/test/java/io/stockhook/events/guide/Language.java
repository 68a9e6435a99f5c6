package io.stockhook.events.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The languages of the guide to verifying: what each needs, and how its snippet is called through the driver beside this test. */
enum Language {
    JAVA("java", "WebhookVerifier.java", List.of()) {
        @Override
        List<String> prepare(Path directory) throws IOException, InterruptedException {
            Path jdk = Path.of(System.getProperty("java.home"), "bin");
            Files.copy(DRIVERS.resolve("Driver.java"), directory.resolve("Driver.java"));
            Files.copy(file(), directory.resolve(file().getFileName()));
            String compiler = jdk.resolve("javac").toString();
            Commands.run(
                    directory,
                    List.of(
                            compiler,
                            "--release",
                            "17",
                            "-Xlint:all",
                            "-Werror",
                            "WebhookVerifier.java",
                            "Driver.java"),
                    Map.of(),
                    NOTHING);
            return List.of(
                    jdk.resolve("java").toString(), "-XX:TieredStopAtLevel=1", "-cp", directory.toString(), "Driver");
        }
    },
    PYTHON("python", "webhook_verifier.py", List.of("python3")) {
        @Override
        List<String> prepare(Path directory) {
            return List.of("python3", DRIVERS.resolve("driver.py").toString(), SNIPPETS.toString());
        }
    },
    NODE("js", "webhook-verifier.mjs", List.of("node")) {
        @Override
        List<String> prepare(Path directory) {
            return List.of("node", DRIVERS.resolve("driver.mjs").toString(), SNIPPETS.toString());
        }
    },
    GO("go", "webhook_verifier.go", List.of("go")) {
        @Override
        List<String> prepare(Path directory) throws IOException, InterruptedException {
            Files.writeString(directory.resolve("go.mod"), "module verifying\n\ngo 1.19\n");
            Files.copy(DRIVERS.resolve("driver.go"), directory.resolve("main.go"));
            Path webhook = Files.createDirectory(directory.resolve("webhook"));
            Files.copy(file(), webhook.resolve(file().getFileName()));
            // Neither a module nor another tool chain is to be fetched.
            Map<String, String> offline = Map.of("GOTOOLCHAIN", "local", "GOPROXY", "off", "GOFLAGS", "-mod=mod");
            Commands.run(directory, List.of("go", "vet", "./..."), offline, NOTHING);
            Commands.run(directory, List.of("go", "build", "-o", "driver", "."), offline, NOTHING);
            return List.of(directory.resolve("driver").toString());
        }
    },
    PHP("php", "webhook_verifier.php", List.of("php")) {
        @Override
        List<String> prepare(Path directory) {
            return List.of("php", DRIVERS.resolve("driver.php").toString(), SNIPPETS.toString());
        }
    },
    SHELL("sh", "webhook-verifier.sh", List.of("bash", "openssl", "od")) {
        @Override
        List<String> prepare(Path directory) {
            return List.of("bash", DRIVERS.resolve("driver.sh").toString(), SNIPPETS.toString());
        }
    };

    /** The guides. */
    static final Path GUIDES = Path.of("../docs/guides").toAbsolutePath().normalize();

    private static final Path SNIPPETS = GUIDES.resolve("verifying");
    static final Path DRIVERS = Path.of("src/test/resources/guide").toAbsolutePath();
    private static final byte[] NOTHING = {};

    private final String fence;
    private final String fileName;
    private final List<String> commands;

    Language(String fence, String fileName, List<String> commands) {
        this.fence = fence;
        this.fileName = fileName;
        this.commands = commands;
    }

    /** What a block of this language begins with in a guide. */
    String fence() {
        return fence;
    }

    /** The snippet. */
    Path file() {
        return SNIPPETS.resolve(fileName);
    }

    /** What has to be installed; nothing for Java, which these tests themselves run on. */
    List<String> commands() {
        return commands;
    }

    /**
     * Compiles what has to be compiled.
     *
     * @param directory an empty one, that the language may use
     * @return the command that verifies what its environment and its input hold
     */
    abstract List<String> prepare(Path directory) throws IOException, InterruptedException;
}
