package io.stockhook.web.edge;

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
public class RelativeLocations implements ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        URI location = response.getLocation();
        URI origin = request.getUriInfo().getBaseUri();
        if (location != null && location.isAbsolute() && origin.getAuthority().equals(location.getAuthority())) {
            String query = location.getRawQuery();
            response.getHeaders()
                    .putSingle(HttpHeaders.LOCATION, location.getRawPath() + (query == null ? "" : '?' + query));
        }
    }
}
