package io.stockhook.local;

import io.stockhook.platform.PlatformException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * What was asked for on the command line.
 *
 * @param port the front door's
 * @param data where everything is kept
 * @param tour whether to show the platform at work
 * @param exit whether to leave once all is up and shown, instead of staying
 */
record Options(int port, Path data, boolean tour, boolean exit) {

    private static final int DEFAULT_PORT = 8080;

    /**
     * Reads the command line.
     *
     * @param home the repository, in which the data directory is unless another one is named
     * @throws PlatformException if it is not understood
     */
    static Options parse(List<String> arguments, Path home) {
        int port = DEFAULT_PORT;
        Path data = home.resolve(".stockhook");
        boolean tour = true;
        boolean exit = false;
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--port" -> port = port(value(option, rest));
                case "--data" -> data = Path.of(value(option, rest));
                case "--no-tour" -> tour = false;
                case "--exit" -> exit = true;
                default ->
                    throw new PlatformException(
                            "There is no option %s; deploy/local/up --help lists them.".formatted(option));
            }
        }
        return new Options(port, data.toAbsolutePath().normalize(), tour, exit);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new PlatformException("%s needs a value; deploy/local/up --help explains it.".formatted(option));
        }
        return rest.next();
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= PortPlan.LARGEST) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number out of range.
        }
        throw new PlatformException("--port takes a number from 1 to %d, not %s.".formatted(PortPlan.LARGEST, text));
    }
}
