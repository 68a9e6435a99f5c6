package io.stockhook.local;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** What the person at the terminal sees. Thread-safe. */
final class Console {

    private final PrintStream out;

    Console(PrintStream out) {
        this.out = out;
    }

    void say(String line) {
        out.println(line);
    }

    /** A part that is up, after how long. */
    void ready(String part, Duration took) {
        out.printf(Locale.ROOT, "  %-22s ready in %4.1f s%n", part, took.toMillis() / 1000.0);
    }
}
