package io.stockhook.web.problem;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.Response.StatusType;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * The problems the services answer with (RFC 9457), to be thrown.
 *
 * <p>Each has a {@code type} under {@value #TYPE_BASE}, a title that is the same for all of its type, and a detail about
 * this occurrence. Those that blame a field carry {@code errors}, a list of {@link FieldError}.
 */
public final class Problems {

    /**
     * What every problem's {@code type} begins with, unless {@link ProblemConfig} says otherwise; the rest is the problem's slug. Relative to
     * the origin, where {@link ProblemPage} is, because a service does not know by which one it is reached (RFC 9457, section 3.1.1).
     */
    public static final String TYPE_BASE = "/docs/problems#";

    static final String ERRORS = "errors";

    private Problems() {}

    /** 400: one field is wrong. */
    public static HttpProblem badField(String field, String message) {
        return badFields(List.of(new FieldError(field, message)));
    }

    /** 400: these fields are wrong. */
    public static HttpProblem badFields(List<FieldError> errors) {
        return of("invalid-request", "Invalid request", Status.BAD_REQUEST)
                .withDetail(summary(errors))
                .with(ERRORS, errors)
                .build();
    }

    /** 400: the request is wrong in a way that no single field is to blame for. */
    public static HttpProblem badRequest(String detail) {
        return of("invalid-request", "Invalid request", Status.BAD_REQUEST)
                .withDetail(detail)
                .build();
    }

    /** 403: the caller is known and may not. */
    public static HttpProblem forbidden(String detail) {
        return of("forbidden", "Forbidden", Status.FORBIDDEN).withDetail(detail).build();
    }

    /**
     * 404: there is no such thing, or it is another tenant's.
     *
     * @param kind what was looked for, {@code webhook} for example
     */
    public static HttpProblem notFound(String kind, String id) {
        return of("not-found", "Not found", Status.NOT_FOUND)
                .withDetail("There is no %s '%s'.".formatted(kind, id))
                .build();
    }

    /** 409: the request contradicts what is there. */
    public static HttpProblem conflict(String detail) {
        return of("conflict", "Conflict", Status.CONFLICT).withDetail(detail).build();
    }

    /** 409: the request contradicts what is there, because of one field. */
    public static HttpProblem conflict(String field, String message) {
        return of("conflict", "Conflict", Status.CONFLICT)
                .withDetail(message)
                .with(ERRORS, List.of(new FieldError(field, message)))
                .build();
    }

    /** 409: the same request is being worked on; repeat it after the given time, at least a second. */
    public static HttpProblem inProgress(String detail, Duration retryAfter) {
        return of("in-progress", "In progress", Status.CONFLICT)
                .withDetail(detail)
                .withHeader(HttpHeaders.RETRY_AFTER, seconds(retryAfter))
                .build();
    }

    /** 412: the resource was changed by someone else since the caller read it. */
    public static HttpProblem preconditionFailed(String detail) {
        return of("precondition-failed", "Precondition failed", Status.PRECONDITION_FAILED)
                .withDetail(detail)
                .build();
    }

    /** 413: more than is taken at once, because of one field. */
    public static HttpProblem tooLarge(String field, String message) {
        return of("too-large", "Too large", Status.REQUEST_ENTITY_TOO_LARGE)
                .withDetail(field + ": " + message)
                .with(ERRORS, List.of(new FieldError(field, message)))
                .build();
    }

    /** 429: more than is allowed at once or in a time; repeat after the given time, at least a second. */
    public static HttpProblem tooManyRequests(String detail, Duration retryAfter) {
        return of("too-many-requests", "Too many requests", Status.TOO_MANY_REQUESTS)
                .withDetail(detail)
                .withHeader(HttpHeaders.RETRY_AFTER, seconds(retryAfter))
                .build();
    }

    /** 503: cannot be answered now; repeat after the given time, at least a second. */
    public static HttpProblem unavailable(String detail, Duration retryAfter) {
        return of("unavailable", "Unavailable", Status.SERVICE_UNAVAILABLE)
                .withDetail(detail)
                .withHeader(HttpHeaders.RETRY_AFTER, seconds(retryAfter))
                .build();
    }

    /**
     * A problem of a type of its own, for a service's special cases.
     *
     * @param slug the last part of the type, lower case with hyphens; described in docs/problems.md
     */
    public static HttpProblem.Builder of(String slug, String title, StatusType status) {
        return HttpProblem.builder()
                .withType(URI.create(TYPE_BASE + slug))
                .withTitle(title)
                .withStatus(status);
    }

    private static String summary(List<FieldError> errors) {
        FieldError first = errors.get(0);
        String more = errors.size() == 1 ? "" : " And %d more.".formatted(errors.size() - 1);
        return "%s: %s%s".formatted(first.field(), first.message(), more);
    }

    private static long seconds(Duration duration) {
        return Math.max(1, duration.plusMillis(999).toSeconds());
    }
}
