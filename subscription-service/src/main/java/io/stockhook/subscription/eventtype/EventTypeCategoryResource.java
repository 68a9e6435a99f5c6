package io.stockhook.subscription.eventtype;

import io.stockhook.web.auth.Caller;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.paging.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/event-type-categories}: what event types are listed under. */
@Path("/api/v1/event-type-categories")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Event types")
@RolesAllowed({Roles.VIEWER, Roles.PUBLISHER})
public class EventTypeCategoryResource {

    private final EventTypeService types;
    private final Caller caller;

    EventTypeCategoryResource(EventTypeService types, Caller caller) {
        this.types = types;
        this.caller = caller;
    }

    @GET
    @Operation(
            summary = "List the categories of event types",
            description = "All of them, with how many types each has: the platform's, then the tenant's own.")
    public Page<CategoryView> list() {
        var all = types.categories(caller.tenantId());
        return new Page<>(all, null, (long) all.size());
    }
}
