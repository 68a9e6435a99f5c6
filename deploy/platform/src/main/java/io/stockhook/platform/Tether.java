package io.stockhook.platform;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sun.misc.Signal;

/**
 * The main class of every Java child process. It ties the child to its parent and then runs the real main class.
 *
 * <p>The child's standard input is a pipe that only the parent holds. However the parent ends, {@code kill -9} included,
 * the pipe closes and the child shuts down, so no process is ever left behind. A shutdown hook in the parent could not
 * promise that.
 *
 * <p>The terminal sends its interrupt to the parent and to all children at once. The child leaves it to the parent, which
 * knows the order in which things have to stop.
 */
public final class Tether {

    private Tether() {}

    /** The command line of a Java process of this class, on the JDK that runs the caller. */
    static List<String> command(String classPath, List<String> jvmFlags, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags);
        command.add("-cp");
        command.add(classPath);
        command.add(Tether.class.getName());
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    /** The first argument names the real main class; the others are handed to it. */
    public static void main(String[] arguments) throws Throwable {
        Signal.handle(new Signal("INT"), interrupt -> {});
        Thread watch = new Thread(Tether::exitWithParent, "tether");
        watch.setDaemon(true);
        watch.start();

        String[] rest = List.of(arguments).subList(1, arguments.length).toArray(String[]::new);
        try {
            Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void exitWithParent() {
        try (InputStream parent = System.in) {
            while (parent.read() >= 0) {
                // The parent never writes; only the end of the stream means something.
            }
        } catch (IOException brokenPipe) {
            // As good as its end.
        }
        System.exit(0);
    }
}
