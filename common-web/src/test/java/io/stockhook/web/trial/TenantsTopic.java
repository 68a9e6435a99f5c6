package io.stockhook.web.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stockhook.events.ApiKeyRecord;
import io.stockhook.events.ApiKeys;
import io.stockhook.events.Ids;
import io.stockhook.events.Json;
import io.stockhook.events.TenantRecord;
import io.stockhook.events.TokenKeyRecord;
import io.stockhook.events.TopicProvisioner;
import io.stockhook.events.Topics;
import io.stockhook.platform.testing.TestPlatform;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes to the tenants topic what the control plane would. */
public final class TenantsTopic {

    private TenantsTopic() {}

    /** Registers a new key without limits and returns it. */
    public static String key(String tenantId, String role) {
        return key(tenantId, role, null, List.of());
    }

    public static String key(String tenantId, String role, @Nullable Instant expiresAt, List<String> cidrs) {
        String key = ApiKeys.generate();
        register(key, tenantId, role, expiresAt, cidrs);
        return key;
    }

    public static void register(
            String key, String tenantId, String role, @Nullable Instant expiresAt, List<String> cidrs) {
        String hash = ApiKeys.hash(key);
        var apiKey = new ApiKeyRecord(hash, Ids.next(Ids.Kind.API_KEY), tenantId, role, expiresAt, cidrs);
        send(ApiKeyRecord.key(hash), Json.write(apiKey));
    }

    /** Publishes a key that tokens are signed with. */
    public static void tokenKey(TokenKeyRecord key) {
        send(TokenKeyRecord.key(key.kid()), Json.write(key));
    }

    public static void revoke(String key) {
        send(ApiKeyRecord.key(ApiKeys.hash(key)), null);
    }

    public static void tenant(String tenantId, boolean isActive) {
        send(
                TenantRecord.key(tenantId),
                Json.write(new TenantRecord(tenantId, "A tenant", isActive, null, null, null)));
    }

    public static void send(String key, byte @Nullable [] value) {
        Map<String, Object> settings = Map.of("bootstrap.servers", TestPlatform.bootstrapServers());
        TopicProvisioner.ensure(settings, List.of(Topics.compacted(Topics.TENANTS)));
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.TENANTS, key.getBytes(UTF_8), value))
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
