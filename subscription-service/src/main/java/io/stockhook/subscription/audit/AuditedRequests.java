package io.stockhook.subscription.audit;

import io.quarkus.runtime.BlockingOperationControl;
import io.stockhook.events.Ids;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response.Status.Family;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names what a request does, for the entries that its changes leave; and writes an entry itself for one that did something and changed
 * no row, a test or a recovery for example. Whoever asks for what is another tenant's is noted, too.
 */
@Provider
public class AuditedRequests implements ContainerRequestFilter, ContainerResponseFilter {

    private static final Set<String> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final String RESOURCE = "Resource";
    private static final int NOT_FOUND = 404;

    private final AuditedRequest audited;
    private final AuditTrail trail;
    private final SecurityEvents events;
    private final ResourceInfo resource;

    AuditedRequests(AuditedRequest audited, AuditTrail trail, SecurityEvents events, ResourceInfo resource) {
        this.audited = audited;
        this.trail = trail;
        this.events = events;
        this.resource = resource;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        audited.begin(AuditedState.snakeCase(resource.getResourceMethod().getName()));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (resource.getResourceMethod() == null) {
            return;
        }
        String id = request.getUriInfo().getPathParameters().getFirst("id");
        if (response.getStatus() == NOT_FOUND && isIdentifier(id)) {
            events.foreign(id);
        }
        if (response.getStatusInfo().getFamily() != Family.SUCCESSFUL
                || READING.contains(request.getMethod())
                || audited.isRecorded()) {
            return;
        }
        String action = kind()
                + '.'
                + AuditedState.snakeCase(resource.getResourceMethod().getName());
        if (BlockingOperationControl.isBlockingAllowed()) {
            trail.recordRequest(action, id);
        } else {
            events.add(SecurityEvent.of(action, null, null).on(id));
        }
    }

    private String kind() {
        String name = resource.getResourceClass().getSimpleName();
        return AuditedState.snakeCase(
                name.endsWith(RESOURCE) ? name.substring(0, name.length() - RESOURCE.length()) : name);
    }

    private static boolean isIdentifier(@Nullable String id) {
        return id != null && (Ids.isA(Ids.Kind.WEBHOOK, id) || Ids.isA(Ids.Kind.API_KEY, id));
    }
}
