package io.stockhook.delivery.query;

import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An attempt as a delivery shows it.
 *
 * @param responseTime in milliseconds
 * @param connectTime in milliseconds
 * @param timeToFirstByte in milliseconds
 */
@Schema(name = "Attempt", description = "One post of a delivery and what came of it.")
public record AttemptView(
        @Schema(description = "Its id, fresh for each post.", example = "att_0198c5e27b0a7c3f9d2ab41c6f7e8d93")
        String attemptId,

        @Schema(description = "The run it belongs to.", example = "1")
        int run,

        @Schema(description = "Its number within the run.", example = "1")
        int attempt,

        @Schema(description = "When it began.", example = "2026-01-31T12:00:00Z")
        Instant startedAt,

        @Schema(
                description = "Where it was posted to; null if nothing was posted.",
                example = "https://erp.example.com/hooks")
        @Nullable
        String url,

        @Schema(description = "The HTTP method; null if nothing was posted.", example = "POST") @Nullable
        String method,

        @Schema(
                description =
                        "The request's headers, secret values as `***`. Outside of debug mode `host`, `user-agent` and"
                                + " `content-length` are not among them.")
        Map<String, String> requestHeaders,

        @Schema(description = "How long the request's body was, in bytes; null if nothing was posted.", example = "312")
        @Nullable
        Integer requestBodySize,

        @Schema(
                description =
                        "The request's body, up to 64 KiB, in debug mode; else null: it was the delivery's `payload` in"
                                + " the webhook's format.",
                example = "{\"type\":\"product.updated\"}")
        @Nullable
        String requestBody,

        @Schema(description = "Until the response's end, in milliseconds.", example = "42")
        long responseTime,

        @Schema(
                description =
                        "Of that, until there was a connection, look-up and handshakes included; null if there was none. Next to"
                                + " nothing where one was kept.",
                example = "12")
        @Nullable
        Long connectTime,

        @Schema(description = "Of that, until the response's head was there; null if there was none.", example = "40")
        @Nullable
        Long timeToFirstByte,

        @Schema(description = "The response's status; null if there was none.", example = "500") @Nullable
        Integer responseCode,

        @Schema(description = "The response's headers, as far as they were kept.")
        Map<String, String> responseHeaders,

        @Schema(
                description = "The beginning of the response's body: 1 KiB, in debug mode 64 KiB.",
                example = "try again later")
        @Nullable
        String responseBody,

        @Schema(description = "What went wrong, for programs.", example = "http_500") @Nullable
        String errorClass,

        @Schema(description = "What went wrong, for people.", example = "The endpoint answered 500.") @Nullable
        String errorMessage,

        @Schema(description = "What followed: delivered, retry, dead, held or dropped.", example = "retry")
        String next,

        @Schema(description = "Why that followed.", example = "server_error")
        String reason,

        @Schema(description = "When it is tried again; null if it is not.", example = "2026-01-31T12:01:00Z") @Nullable
        Instant nextRetry) {}
