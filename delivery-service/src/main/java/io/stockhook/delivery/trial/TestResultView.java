package io.stockhook.delivery.trial;

import io.stockhook.delivery.dispatch.Attempts;
import io.stockhook.delivery.retry.Outcome;
import io.stockhook.delivery.retry.Retries;
import io.stockhook.events.delivery.DeliveryAttempt;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What came of a test send.
 *
 * @param responseTime in milliseconds
 * @param connectTime in milliseconds; null if there was no connection
 * @param timeToFirstByte in milliseconds; null if there was no response
 */
@Schema(name = "TestResult", description = "What came of a test send. It is not kept.")
public record TestResultView(
        @Schema(description = "`success` if the endpoint answered 2xx, else `failed`.", example = "success")
        String status,

        @Schema(description = "The webhook that was tried.", example = "wh_0198c5e27b0a7c3f9d2ab41c6f7e8d91")
        String webhookId,

        @Schema(description = "The event type that the sample was sent as.", example = "order.created")
        String event,

        @Schema(
                description = "The sample's id, sent as `webhook-id`.",
                example = "evt_0198c5e27b0a7c3f9d2ab41c6f7e8d92")
        String eventId,

        @Schema(description = "Where it was posted to; null if nothing was.", example = "https://erp.example.com/hooks")
        @Nullable
        String url,

        @Schema(description = "The HTTP method; null if nothing was posted.", example = "POST") @Nullable
        String method,

        @Schema(description = "The request's headers, secret values as `***`.")
        Map<String, String> headersSent,

        @Schema(
                description = "The request's body, up to 64 KiB.",
                example = "{\"type\":\"order.created\",\"timestamp\":\"2026-01-15T10:40:00Z\",\"data\":{}}")
        @Nullable
        String bodySent,

        @Schema(description = "The response's status; null if there was none.", example = "200") @Nullable
        Integer responseCode,

        @Schema(description = "How long the attempt took, in milliseconds.", example = "180")
        long responseTime,

        @Schema(description = "Of that, until there was a connection.", example = "12") @Nullable
        Long connectTime,

        @Schema(description = "Of that, until the response's head was there.", example = "170") @Nullable
        Long timeToFirstByte,

        @Schema(description = "The response's headers, as far as they are kept.")
        Map<String, String> responseHeaders,

        @Schema(description = "The beginning of the response's body, 64 KiB.", example = "OK") @Nullable
        String responseBody,

        @Schema(description = "What went wrong, for programs; null if nothing did.", example = "timeout") @Nullable
        String error,

        @Schema(description = "What went wrong, for people.", example = "no complete response within 10000 ms")
        @Nullable
        String errorMessage,

        @Schema(description = "When it was sent.", example = "2026-01-15T10:40:00Z")
        Instant timestamp) {

    private static final int MICROS_PER_MILLI = 1_000;
    private static final int FIRST_SUCCESS = 200;
    private static final int FIRST_NO_SUCCESS = 300;

    static TestResultView of(Attempts.Attempted attempted) {
        Outcome.@Nullable Responded response = attempted.outcome().answer();
        DeliveryAttempt.Request request = attempted.request();
        boolean isSuccess =
                response != null && response.status() >= FIRST_SUCCESS && response.status() < FIRST_NO_SUCCESS;
        return new TestResultView(
                isSuccess ? "success" : "failed",
                attempted.task().endpointId(),
                attempted.task().subscribedAs(),
                attempted.task().eventId(),
                attempted.url(),
                request == null ? null : request.method(),
                request == null ? Map.of() : request.headers(),
                request == null ? null : request.body(),
                response == null ? null : response.status(),
                millis(attempted.durationMicros()),
                request == null ? null : optionalMillis(request.connectMicros()),
                request == null ? null : optionalMillis(request.firstByteMicros()),
                response == null ? Map.of() : response.headers(),
                response == null ? null : response.body(),
                isSuccess ? null : Retries.errorClass(attempted.outcome()),
                message(attempted.outcome(), isSuccess),
                attempted.startedAt());
    }

    private static @Nullable String message(Outcome outcome, boolean isSuccess) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed.message();
        }
        return outcome instanceof Outcome.Responded response && !isSuccess
                ? "The endpoint answered %d.".formatted(response.status())
                : null;
    }

    private static @Nullable Long optionalMillis(long micros) {
        return micros == 0 ? null : millis(micros);
    }

    private static long millis(long micros) {
        return Math.round((double) micros / MICROS_PER_MILLI);
    }
}
