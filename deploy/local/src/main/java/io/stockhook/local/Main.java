package io.stockhook.local;

import io.stockhook.local.tour.GuidedTour;
import io.stockhook.platform.PlatformException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** What {@code deploy/local/up} runs. */
public final class Main {

    private static final int SUCCESS = 0;
    private static final int FAILURE = 1;

    private final Path home;
    private final Console console;
    private final Tour tour;
    private volatile boolean interrupted;

    /** @param home the repository, with the services' packages */
    Main(Path home, PrintStream out, Tour tour) {
        this.home = home;
        this.console = new Console(out);
        this.tour = tour;
    }

    /** Exits with 0 if all went well, otherwise with 1 and one sentence on the standard error stream. */
    public static void main(String[] arguments) {
        Path home = Path.of(System.getProperty("stockhook.home", ""));
        System.exit(new Main(home, System.out, new GuidedTour(System.out)::run).run(List.of(arguments), System.err));
    }

    int run(List<String> arguments, PrintStream errors) {
        try {
            Options options = Options.parse(arguments, home);
            try (DataDirectory data = DataDirectory.open(options.data(), Versions.current())) {
                return run(options, data) ? SUCCESS : FAILURE;
            }
        } catch (PlatformException e) {
            if (!interrupted) {
                errors.println(e.getMessage());
            }
            return FAILURE;
        }
    }

    private boolean run(Options options, DataDirectory data) {
        Keys keys = Keys.of(data.keys());
        try (LocalPlatform platform = new LocalPlatform(home, data, new PortPlan(options.port()), keys, console)) {
            stopWhenInterrupted(platform);
            console.say("Starting Stockhook, its data and logs in " + data);
            showNewAdminKey(keys);
            platform.start();
            console.say("");
            console.say(platform.index());
            boolean asPromised = !options.tour() || tour.run(platform.origin(), keys.adminKey());
            if (options.exit()) {
                return asPromised;
            }
            console.say("Ctrl-C stops everything.");
            throw platform.awaitFailure();
        }
    }

    /** At once and not when all is up: a start that fails later would otherwise have hidden the key for good. */
    private void showNewAdminKey(Keys keys) {
        if (keys.areNew()) {
            console.say("The platform administrator's API key, shown this once and kept in %s:"
                    .formatted(keys.adminKeyFile()));
            console.say("  " + keys.adminKey());
        }
    }

    private void stopWhenInterrupted(LocalPlatform platform) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            interrupted = true;
                            platform.close();
                        },
                        "stop"));
    }
}
