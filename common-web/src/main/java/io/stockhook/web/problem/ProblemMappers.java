package io.stockhook.web.problem;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.annotation.Priority;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.Response.StatusType;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jboss.logging.Logger;

/** Every exception that leaves a resource, as a problem. They come before the extension's own mappers. */
final class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    private static final Map<Integer, String> DETAILS = Map.of(
            400, "The request cannot be read.",
            404, "There is nothing at this path.",
            405, "This path does not take this method.",
            406, "This path has no representation of the type that Accept asks for.",
            413, "The body is larger than is taken here.",
            415, "This path does not take a body of this Content-Type.");

    private ProblemMappers() {}

    private static final Duration DATABASE_RETRY_AFTER = Duration.ofSeconds(5);

    private static HttpProblem unexpected(Throwable e) {
        return switch (DatabaseFailure.of(e).orElse(DatabaseFailure.OTHER)) {
            case AWAY -> databaseAway(e);
            case BAD_VALUE -> {
                LOG.warn("the database refused a value of the request", e);
                yield Problems.badRequest("The request holds a value that cannot be stored or compared with.");
            }
            case OTHER -> internalError(e);
        };
    }

    /** Without its trace: while it lasts every request fails for the same reason. */
    private static HttpProblem databaseAway(Throwable e) {
        LOG.warnf("database not available: cause=%s", e.getMessage());
        return Problems.unavailable("The data of this service cannot be reached at the moment.", DATABASE_RETRY_AFTER);
    }

    private static HttpProblem internalError(Throwable e) {
        LOG.error("request failed unexpectedly", e);
        return Problems.of("internal-error", "Internal error", Status.INTERNAL_SERVER_ERROR)
                .withDetail("Something went wrong here. The trace_id finds it in the log.")
                .build();
    }

    private static HttpProblem ofFramework(WebApplicationException e) {
        if (e.getCause() instanceof HttpProblem ours) {
            return ours;
        }
        StatusType status = e.getResponse().getStatusInfo();
        if (status.getStatusCode() >= 500) {
            return unexpected(e);
        }
        String title = status.getReasonPhrase();
        var problem = Problems.of(title.toLowerCase(Locale.ROOT).replace(' ', '-'), title, status);
        String detail = DETAILS.get(status.getStatusCode());
        if (detail != null) {
            problem.withDetail(detail);
        }
        String allow = e.getResponse().getHeaderString(HttpHeaders.ALLOW);
        if (allow != null) {
            problem.withHeader(HttpHeaders.ALLOW, allow);
        }
        return problem.build();
    }

    /** What the framework refuses: unknown path, wrong method, wrong media type. */
    @Provider
    @Priority(1)
    public static final class Refused extends ExceptionMapperBase<WebApplicationException> {
        @Override
        protected HttpProblem toProblem(WebApplicationException e) {
            return ofFramework(e);
        }
    }

    /** An unknown path, for which the extension has a mapper of its own that would win over {@link Refused}. */
    @Provider
    @Priority(1)
    public static final class Unknown extends ExceptionMapperBase<NotFoundException> {
        @Override
        protected HttpProblem toProblem(NotFoundException e) {
            return ofFramework(e);
        }
    }

    /** A request that breaks a constraint. A broken promise about a return value is our fault, not the caller's. */
    @Provider
    @Priority(1)
    public static final class Violated extends ExceptionMapperBase<ConstraintViolationException> {
        @Override
        protected HttpProblem toProblem(ConstraintViolationException e) {
            var violations = e.getConstraintViolations();
            if (violations.isEmpty() || violations.stream().anyMatch(Violated::isOurs)) {
                return internalError(e);
            }
            List<FieldError> errors = violations.stream()
                    .map(violation ->
                            new FieldError(FieldPaths.of(violation.getPropertyPath()), violation.getMessage()))
                    .sorted(Comparator.comparing(FieldError::field).thenComparing(FieldError::message))
                    .toList();
            return Problems.badFields(errors);
        }

        private static boolean isOurs(ConstraintViolation<?> violation) {
            for (Path.Node node : violation.getPropertyPath()) {
                if (node.getKind() == ElementKind.RETURN_VALUE) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Whatever nobody expected: logged once, and not told to the caller. */
    @Provider
    @Priority(1)
    public static final class Unexpected extends ExceptionMapperBase<Exception> {
        @Override
        protected HttpProblem toProblem(Exception e) {
            return unexpected(e);
        }
    }
}
