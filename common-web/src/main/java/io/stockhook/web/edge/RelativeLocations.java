package io.stockhook.web.edge;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;

/**
 * Leaves the origin out of {@code Location}, which may be a relative reference (RFC 9110, section 10.2.2): behind a front door
 * the service's own origin is not the one that the caller sees.
 */
@Provider
@Priority(Priorities.USER + 1) // before an answer is kept for its idempotency key
public class RelativeLocations implements ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        // A text was set for the caller as it is, and need not be a URI.
        if (!(response.getHeaders().getFirst(HttpHeaders.LOCATION) instanceof URI location)) {
            return;
        }
        URI origin = request.getUriInfo().getBaseUri();
        if (location.isAbsolute() && origin.getAuthority().equals(location.getAuthority())) {
            String query = location.getRawQuery();
            response.getHeaders()
                    .putSingle(HttpHeaders.LOCATION, location.getRawPath() + (query == null ? "" : '?' + query));
        }
    }
}
