package io.stockhook.platform.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.stockhook.platform.Database;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * Gives a {@code @QuarkusTest} the shared broker and a fresh database, and sets what every service is configured with.
 *
 * <pre>{@code
 * @QuarkusTest
 * @QuarkusTestResource(value = PlatformTestResource.class, initArgs = @ResourceArg(name = "service", value = "inventory"))
 * }</pre>
 */
public final class PlatformTestResource implements QuarkusTestResourceLifecycleManager {

    private String service = "";

    @Override
    public void init(Map<String, String> arguments) {
        String name = arguments.get("service");
        if (name == null) {
            throw new IllegalArgumentException("PlatformTestResource needs the argument \"service\"");
        }
        service = name;
    }

    @Override
    public Map<String, String> start() {
        Database database = TestPlatform.freshDatabase(service);
        return Map.ofEntries(
                Map.entry("kafka.bootstrap.servers", TestPlatform.bootstrapServers()),
                Map.entry("quarkus.datasource.jdbc.url", database.jdbcUrl()),
                Map.entry("quarkus.datasource.username", database.username()),
                Map.entry("quarkus.datasource.password", database.password()),
                Map.entry("quarkus.http.test-port", "0"),
                Map.entry("quarkus.management.test-port", "0"),
                Map.entry("stockhook.secrets.master-keys", masterKeys()),
                Map.entry("stockhook.address.allowed-ranges", "127.0.0.0/8,::1/128"),
                Map.entry("stockhook.auth.issuers.tests.issuer", TestTokens.ISSUER),
                Map.entry("stockhook.auth.issuers.tests.audience", TestTokens.AUDIENCE),
                Map.entry("stockhook.auth.issuers.tests.public-key", TestTokens.publicKey()),
                Map.entry("stockhook.auth.issuers.tests.roles", "admin,owner,editor,viewer,publisher"));
    }

    @Override
    public void stop() {
        // The servers are shared by all tests of this JVM and end with it.
    }

    /** Always the same, so that a second application in this JVM can read what the first one encrypted; the second is an old one. */
    private static String masterKeys() {
        return "test:%s,old:%s"
                .formatted(encoded("a key of 32 bytes, for tests onl"), encoded("another one, that was used befor"));
    }

    private static String encoded(String key) {
        return Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.US_ASCII));
    }
}
