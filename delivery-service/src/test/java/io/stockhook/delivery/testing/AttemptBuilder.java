package io.stockhook.delivery.testing;

import io.stockhook.events.Ids;
import io.stockhook.events.delivery.DeliveryAttempt;
import io.stockhook.events.delivery.DeliveryAttempt.Next;
import io.stockhook.events.delivery.DeliveryAttempt.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An attempt as the dispatcher would record it: delivered at the first try unless told otherwise. */
public final class AttemptBuilder {

    private final String tenantId;
    private String attemptId = Ids.next(Ids.Kind.ATTEMPT);
    private String endpointId = Ids.next(Ids.Kind.WEBHOOK);
    private String eventId = Ids.next(Ids.Kind.EVENT);
    private String eventType = "product.updated";
    private Instant eventTime = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private @Nullable Instant startedAt;
    private int run = 1;
    private int attempt = 1;
    private int statusCode = 200;
    private Next next = Next.DELIVERED;
    private @Nullable String responseBody = "ok";
    private long durationMicros = Duration.ofMillis(42).toNanos() / 1_000;
    private @Nullable String errorClass;
    private Request request = new Request(
            "POST",
            Map.of(
                    "webhook-signature",
                    "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=",
                    "X-Webhook-Signature",
                    "sha256=0329a06b62cd16b33eb6792be8c60b158d89a2ee3a876fce9a881ebb488c0914"),
            120,
            null);

    private AttemptBuilder(String tenantId) {
        this.tenantId = tenantId;
    }

    public static AttemptBuilder attemptOf(String tenantId) {
        return new AttemptBuilder(tenantId);
    }

    public AttemptBuilder endpoint(String id) {
        endpointId = id;
        return this;
    }

    public AttemptBuilder event(String id, String type, Instant time) {
        eventId = id;
        eventType = type;
        eventTime = time;
        return this;
    }

    public AttemptBuilder eventType(String type) {
        eventType = type;
        return this;
    }

    public AttemptBuilder eventTime(Instant time) {
        eventTime = time;
        return this;
    }

    public AttemptBuilder startedAt(Instant time) {
        startedAt = time;
        return this;
    }

    /** Another execution, of this run and number. */
    public AttemptBuilder number(int newRun, int newAttempt) {
        attemptId = Ids.next(Ids.Kind.ATTEMPT);
        run = newRun;
        attempt = newAttempt;
        return this;
    }

    /** The status of the response, 0 for none, and what follows it. */
    public AttemptBuilder outcome(int newStatusCode, Next newNext) {
        statusCode = newStatusCode;
        next = newNext;
        return this;
    }

    public AttemptBuilder responseBody(@Nullable String body) {
        responseBody = body;
        return this;
    }

    public AttemptBuilder duration(Duration duration) {
        durationMicros = duration.toNanos() / 1_000;
        return this;
    }

    /** What went wrong where it was not the response's status. */
    public AttemptBuilder errorClass(String code) {
        errorClass = code;
        return this;
    }

    public AttemptBuilder request(Request sent) {
        request = sent;
        return this;
    }

    public String deliveryId() {
        return Ids.delivery(eventId, endpointId, eventTime);
    }

    public DeliveryAttempt build() {
        Instant started = startedAt == null ? eventTime.plusMillis(3L * attempt) : startedAt;
        boolean delivered = next == Next.DELIVERED;
        boolean posted = next != Next.HELD && next != Next.DROPPED && next != Next.SCHEDULED;
        return new DeliveryAttempt(
                attemptId,
                deliveryId(),
                run,
                attempt,
                endpointId,
                1,
                tenantId,
                eventId,
                eventType,
                eventType,
                eventTime,
                posted ? "https://erp.example.com/hooks" : null,
                started,
                durationMicros,
                statusCode,
                delivered ? null : errorClass == null ? "http_" + statusCode : errorClass,
                delivered ? null : "The endpoint answered " + statusCode + ".",
                statusCode == 0 ? Map.of() : Map.of("content-type", "text/plain"),
                statusCode == 0 ? null : responseBody,
                next,
                delivered ? "delivered" : "server_error",
                next == Next.RETRY ? started.plusSeconds(60) : null,
                posted ? request : null);
    }
}
