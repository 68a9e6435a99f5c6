package io.stockhook.platform.testing;

import io.stockhook.platform.Database;
import io.stockhook.platform.Server;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The servers of this JVM.
 *
 * <p>Quarkus loads this module anew for each application under test, so a static field alone would mean a broker for each.
 * The one that counts is therefore that of the system class loader, and every copy of this class asks that one. Only types
 * of the JDK cross over, because each copy has its own idea of all others.
 */
final class SharedServers {

    private static @Nullable Map<String, Object> started;

    private final Map<String, Object> servers;

    private SharedServers(Map<String, Object> servers) {
        this.servers = servers;
    }

    /** The servers, started now if nobody asked before. */
    static SharedServers get() {
        try {
            Class<?> original = Class.forName(SharedServers.class.getName(), true, ClassLoader.getSystemClassLoader());
            @SuppressWarnings("unchecked")
            Map<String, Object> servers =
                    (Map<String, Object>) Objects.requireNonNull(call(original.getDeclaredMethod("startOnce"), null));
            return new SharedServers(servers);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    String bootstrapServers() {
        return text("kafka.bootstrap");
    }

    Server kafka() {
        return server("kafka.server");
    }

    Server postgres() {
        return server("postgres.server");
    }

    /** A database and a role that may create others. */
    Database administration() {
        return new Database(text("postgres.url"), text("postgres.user"), text("postgres.password"));
    }

    /** Called through reflection, on the copy of the system class loader. */
    @SuppressWarnings("unused")
    private static synchronized Map<String, Object> startOnce() {
        if (started == null) {
            started = start();
        }
        return started;
    }

    private static Map<String, Object> start() {
        CompletableFuture<TestKafka> starting = CompletableFuture.supplyAsync(TestKafka::start);
        TestPostgres postgres = TestPostgres.start();
        TestKafka kafka = join(starting);
        return Map.of(
                "kafka.bootstrap", kafka.bootstrapServers(),
                "kafka.server", kafka.server(),
                "postgres.url", postgres.administration().jdbcUrl(),
                "postgres.user", postgres.administration().username(),
                "postgres.password", postgres.administration().password(),
                "postgres.server", postgres.server());
    }

    private static TestKafka join(CompletableFuture<TestKafka> starting) {
        try {
            return starting.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private String text(String key) {
        return (String) value(key);
    }

    private Object value(String key) {
        Object value = servers.get(key);
        if (value == null) {
            throw new IllegalStateException(key);
        }
        return value;
    }

    /** What is stored implements the other loader's {@link Server}; this passes each call on by its name. */
    private Server server(String key) {
        Object original = value(key);
        return (Server) Proxy.newProxyInstance(
                Server.class.getClassLoader(),
                new Class<?>[] {Server.class},
                (proxy, method, arguments) -> call(
                        original.getClass().getMethod(method.getName(), method.getParameterTypes()),
                        original,
                        arguments));
    }

    private static @Nullable Object call(Method method, @Nullable Object target, Object @Nullable ... arguments)
            throws ReflectiveOperationException {
        method.setAccessible(true);
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
