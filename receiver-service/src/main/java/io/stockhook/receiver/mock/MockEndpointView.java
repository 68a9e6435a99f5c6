package io.stockhook.receiver.mock;

import io.stockhook.web.etag.Versioned;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A mock endpoint as it is shown.
 *
 * @param id its id, {@code mock_...}
 * @param name what its people call it
 * @param url where to point a webhook at
 * @param hasSecret whether it has a secret to verify signatures with
 * @param publicKey what it verifies {@code v1a} signatures with; null for nothing
 * @param headerPrefix what the header of the classic signature begins with
 * @param responses its answers in order, the last for ever
 * @param version raised by every change; the ETag
 * @param createdAt when it was created
 * @param updatedAt when it was last changed
 */
@Schema(name = "MockEndpoint", description = "A place to point a webhook at.")
public record MockEndpointView(
        @Schema(description = "Its id.", example = "mock_0198c7a05f2e7c3ab1d94e6f7a8b9c0d")
        String id,

        @Schema(description = "What your people call it.", example = "ERP stand-in")
        String name,

        @Schema(
                description = "Where to point a webhook at.",
                example = "http://localhost:8080/api/v1/mock/mock_0198c7a05f2e7c3ab1d94e6f7a8b9c0d")
        String url,

        @Schema(description = "Whether it has a secret to verify signatures with.", example = "true")
        boolean hasSecret,

        @Schema(
                description = "What `v1a` signatures are verified with.",
                example = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=",
                nullable = true)
        @Nullable
        String publicKey,

        @Schema(description = "What the header of the classic signature begins with.", example = "X-Webhook-")
        String headerPrefix,

        @Schema(description = "Its answers, one request each; the last one is given for ever.")
        List<MockResponse> responses,

        @Schema(description = "Raised by every change; the ETag.", example = "1")
        long version,

        @Schema(description = "When it was created.", example = "2026-01-31T12:00:00Z")
        Instant createdAt,

        @Schema(description = "When it was last changed.", example = "2026-01-31T12:00:00Z")
        Instant updatedAt)
        implements Versioned {}
