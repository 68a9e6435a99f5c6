package io.stockhook.web.ratelimit;

import io.stockhook.web.auth.Caller;
import io.stockhook.web.problem.Problems;
import io.stockhook.web.ratelimit.CallerBudgets.Taken;
import jakarta.annotation.Priority;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;

/**
 * Refuses what a caller sends past its limit with 429, and tells it with every answer what is left (RateLimit header fields for HTTP,
 * draft-ietf-httpapi-ratelimit-headers-10). Open resources have no caller and no limit. Each instance counts for itself.
 */
@Provider
@Priority(Priorities.AUTHORIZATION + 1)
public class ApiRateLimit implements ContainerRequestFilter, ContainerResponseFilter {

    private static final String TAKEN = Taken.class.getName();
    private static final String RATE_LIMIT = "RateLimit";
    private static final String RATE_LIMIT_POLICY = "RateLimit-Policy";

    private final ApiLimit limit;
    private final Caller caller;
    private final ResourceInfo resource;

    ApiRateLimit(ApiLimit limit, Caller caller, ResourceInfo resource) {
        this.limit = limit;
        this.caller = caller;
        this.resource = resource;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (isOpen()) {
            return;
        }
        limit.take(caller()).ifPresent(taken -> {
            request.setProperty(TAKEN, taken);
            if (!taken.isWithin()) {
                throw Problems.tooManyRequests(
                        "More than %d requests in %d s.".formatted(limit.limit(), seconds(limit.window())),
                        taken.next());
            }
        });
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(TAKEN) instanceof Taken taken) {
            response.getHeaders()
                    .putSingle(
                            RATE_LIMIT_POLICY,
                            "\"default\";q=%d;w=%d".formatted(limit.limit(), seconds(limit.window())));
            response.getHeaders()
                    .putSingle(RATE_LIMIT, "\"default\";r=%d;t=%d".formatted(taken.left(), seconds(taken.full())));
        }
    }

    private boolean isOpen() {
        return resource.getResourceMethod().isAnnotationPresent(PermitAll.class)
                || resource.getResourceClass().isAnnotationPresent(PermitAll.class);
    }

    /** The key, or the tenant whose token it is; an admin's token is its subject's. */
    private String caller() {
        return caller.keyId().or(caller::tenant).orElseGet(caller::subject);
    }

    private static long seconds(Duration duration) {
        return duration.plusMillis(999).toSeconds();
    }
}
