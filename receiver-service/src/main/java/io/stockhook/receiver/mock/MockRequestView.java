package io.stockhook.receiver.mock;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A request that a mock endpoint received.
 *
 * @param id its id, {@code req_...}
 * @param number counts the endpoint's requests from 1
 * @param receivedAt when its head arrived, to the microsecond
 * @param method the HTTP method
 * @param query the query string without its question mark; null if there was none
 * @param headers names in lower case with their values in the order they came
 * @param body the body as text; null if it is not UTF-8
 * @param bodyBase64 the body in base64 if it is not UTF-8; null if it is
 * @param bodyBytes how long the body was
 * @param bodyTruncated whether only its beginning was kept
 * @param standardSignature what became of {@code webhook-signature}
 * @param classicSignature what became of {@code X-Webhook-Signature}
 * @param responseStatus what it was answered with
 */
@Schema(name = "MockRequest", description = "A request that a mock endpoint received.")
public record MockRequestView(
        @Schema(description = "Its id.", example = "req_0198c7a05f2e7c3ab1d94e6f7a8b9c0d")
        String id,

        @Schema(description = "Counts the endpoint's requests from 1.", example = "3")
        long number,

        @Schema(description = "When its head arrived, to the microsecond.", example = "2026-01-31T12:00:00.123456Z")
        Instant receivedAt,

        @Schema(description = "The HTTP method.", example = "POST")
        String method,

        @Schema(description = "The query string without its question mark.", example = "shop=7", nullable = true)
        @Nullable
        String query,

        @Schema(
                description = "Names in lower case with their values in the order they came.",
                example = "{\"webhook-id\": [\"evt_0198c7a05f2e7c3ab1d94e6f7a8b9c0d\"]}")
        Map<String, List<String>> headers,

        @Schema(
                description = "The body as text, if it is UTF-8.",
                example = "{\"type\": \"product.created\"}",
                nullable = true)
        @Nullable
        String body,

        @Schema(description = "The body in base64, if it is not UTF-8.", example = "/w==", nullable = true) @Nullable
        String bodyBase64,

        @Schema(description = "How many bytes the body had.", example = "27")
        int bodyBytes,

        @Schema(description = "Whether only the first 512 KiB of the body were kept.", example = "false")
        boolean bodyTruncated,

        @Schema(description = "Whether the signature of Standard Webhooks verified.", example = "valid")
        SignatureCheck standardSignature,

        @Schema(description = "Whether the classic `X-Webhook-Signature` verified.", example = "valid")
        SignatureCheck classicSignature,

        @Schema(description = "What it was answered with.", example = "200")
        int responseStatus) {}
