package io.stockhook.subscription.token;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why there is no token, in the form of RFC 6749, section 5.2. */
final class TokenError extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int TOO_MANY_REQUESTS = 429;

    private final String code;
    private final int status;
    private final long retryAfterSeconds;

    private TokenError(String code, String description, int status, long retryAfterSeconds) {
        super(description);
        this.code = code;
        this.status = status;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /**
     * An error as it is answered.
     *
     * @param description what to do about it
     */
    @Schema(name = "TokenError", description = "Why there is no token (RFC 6749, section 5.2).")
    record Body(
            @Schema(description = "What is wrong, for a program.", examples = "invalid_client")
            String error,

            @Schema(
                    description = "What is wrong, for a person.",
                    examples = "The client's id and its secret do not belong together.")
            @JsonProperty("error_description")
            String description) {}

    static TokenError of(String code, String description) {
        return new TokenError(code, description, Response.Status.BAD_REQUEST.getStatusCode(), 0);
    }

    static TokenError invalidRequest(String description) {
        return of("invalid_request", description);
    }

    static TokenError invalidClient(String description) {
        return new TokenError("invalid_client", description, Response.Status.UNAUTHORIZED.getStatusCode(), 0);
    }

    /** Refused unread: too many before it. */
    static TokenError tooMany(Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return new TokenError("too_many_requests", "Too many requests; wait.", TOO_MANY_REQUESTS, seconds);
    }

    boolean isInvalidClient() {
        return status == Response.Status.UNAUTHORIZED.getStatusCode();
    }

    Response answer() {
        var answer = Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(new Body(code, String.valueOf(getMessage())));
        if (isInvalidClient()) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"stockhook\"");
        }
        if (status == TOO_MANY_REQUESTS) {
            answer.header(HttpHeaders.RETRY_AFTER, retryAfterSeconds);
        }
        return answer.build();
    }
}
