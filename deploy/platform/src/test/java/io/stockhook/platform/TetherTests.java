package io.stockhook.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TetherTests {

    private static final String CLASS_PATH = System.getProperty("java.class.path");

    private final Path log;

    TetherTests(@TempDir Path directory) {
        log = directory.resolve("child.log");
    }

    @Test
    void aChildEndsWithItsParentEvenIfThatIsKilled() throws IOException {
        // Given
        Process parent = new ProcessBuilder(
                        Tether.command(CLASS_PATH, List.of(), Parent.class.getName(), List.of(log.toString())))
                .start();
        ProcessHandle child = childOf(parent);

        // When
        parent.destroyForcibly();

        // Then
        assertThat(child.onExit()).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void anEndThatNobodyAskedForIsTold() {
        // Given
        List<String> command = Tether.command(CLASS_PATH, List.of(), Failing.class.getName(), List.of());

        // When
        ChildProcess child = ChildProcess.start("The example", command, Map.of(), log);

        // Then
        assertThat(child.unexpectedEnd()).succeedsWithin(Duration.ofSeconds(30)).satisfies(end -> assertThat(end)
                .hasMessage("The example ended by itself with exit code 3; see %s.".formatted(log)));
    }

    @Test
    void anEndThatWasAskedForIsNotTold() {
        // Given
        List<String> command = Tether.command(CLASS_PATH, List.of(), Waiting.class.getName(), List.of());
        ChildProcess child = ChildProcess.start("The example", command, Map.of(), log);

        // When
        child.terminate(Duration.ofSeconds(30));

        // Then
        assertThat(child.isAlive()).isFalse();
        assertThat(child.unexpectedEnd()).isNotDone();
    }

    private static ProcessHandle childOf(Process parent) throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8));
        return ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
    }

    /** Starts a child, tells its process id and waits to be killed. */
    public static final class Parent {
        public static void main(String[] arguments) throws InterruptedException {
            List<String> command = Tether.command(CLASS_PATH, List.of(), Waiting.class.getName(), List.of());
            System.out.println(ChildProcess.start("The child", command, Map.of(), Path.of(arguments[0]))
                    .pid());
            new CountDownLatch(1).await();
        }
    }

    /** Does not end by itself. */
    public static final class Waiting {
        public static void main(String[] arguments) throws InterruptedException {
            new CountDownLatch(1).await();
        }
    }

    /** Ends at once, and not well. */
    public static final class Failing {
        public static void main(String[] arguments) {
            System.exit(3);
        }
    }
}
