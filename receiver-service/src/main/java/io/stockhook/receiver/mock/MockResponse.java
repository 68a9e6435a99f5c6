package io.stockhook.receiver.mock;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One answer of a mock endpoint.
 *
 * @param status HTTP status, 200 to 599; null for 200
 * @param delayMs how long it is held back, 0 to 60,000 milliseconds; null for not at all
 * @param body what it says, up to 65,536 characters; null for nothing
 * @param headers names and values of its headers; null for none
 */
@Schema(description = "One answer of a mock endpoint.")
public record MockResponse(
        @Schema(description = "HTTP status; 200 if left out.", example = "500", nullable = true)
        @Min(200)
        @Max(599)
        @Nullable
        Integer status,

        @Schema(
                description = "How long it is held back, in milliseconds; 0 if left out.",
                example = "0",
                nullable = true)
        @Min(0)
        @Max(60_000)
        @Nullable
        Integer delayMs,

        @Schema(
                description = "What it says; nothing if left out.",
                example = "{\"error\": \"not today\"}",
                nullable = true)
        @Size(max = 65_536)
        @Nullable
        String body,

        @Schema(description = "Its headers.", example = "{\"Retry-After\": \"2\"}", nullable = true)
        @Size(max = 20)
        @Nullable
        Map<
                        @NotNull
                        @Pattern(
                                regexp = HEADER_NAME,
                                message = "must be a header's name, and none that frames the message")
                        String,
                        @NotNull
                        @Pattern(regexp = HEADER_VALUE, message = "must be up to 1024 visible ASCII characters") String>
                headers) {

    /** A token of RFC 9110, section 5.1, but not those by which the server itself says where the message ends. */
    static final String HEADER_NAME =
            "(?i)(?!(content-length|transfer-encoding|connection|upgrade|trailer|te|keep-alive)$)[!#$%&'*+.^_`|~0-9a-z-]{1,64}";

    static final String HEADER_VALUE = "[\\x20-\\x7e]{0,1024}";

    /** A plain 200. */
    static final MockResponse OK = new MockResponse(200, 0, null, Map.of());

    private static final int OK_STATUS = 200;
    /** Those that never have a body (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5). */
    private static final Set<Integer> WITHOUT_BODY = Set.of(204, 205, 304);

    /** @throws IllegalArgumentException if the body cannot go with the status, or the content type is none */
    public MockResponse {
        if (body != null && !body.isEmpty() && status != null && WITHOUT_BODY.contains(status)) {
            throw new IllegalArgumentException("An answer with status %d cannot have a body.".formatted(status));
        }
        if (headers != null) {
            headers.forEach(MockResponse::requireMediaType);
        }
    }

    /** The status, 200 unless said otherwise. */
    int statusOrOk() {
        return status == null ? OK_STATUS : status;
    }

    private static void requireMediaType(String name, @Nullable String value) {
        if (name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE) && value != null) {
            try {
                MediaType.valueOf(value);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("The Content-Type is no media type, text/plain for example.", e);
            }
        }
    }

    /** The same with everything said. */
    MockResponse complete() {
        return new MockResponse(
                statusOrOk(), delayMs == null ? 0 : delayMs, body, headers == null ? Map.of() : Map.copyOf(headers));
    }
}
