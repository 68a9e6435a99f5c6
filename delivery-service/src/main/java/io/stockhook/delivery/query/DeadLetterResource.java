package io.stockhook.delivery.query;

import io.stockhook.delivery.eventtype.EventTypeFeed;
import io.stockhook.web.auth.Caller;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.paging.Page;
import io.stockhook.web.paging.PageQuery;
import io.stockhook.web.problem.Problems;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The tenant's dead letters. */
@Path("/api/v1/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
@Tag(name = "Dead letters", description = "Deliveries that are not tried any more by themselves.")
public class DeadLetterResource {

    private final DeadLetterQueries deadLetters;
    private final Caller caller;
    private final EventTypeFeed types;

    DeadLetterResource(DeadLetterQueries deadLetters, Caller caller, EventTypeFeed types) {
        this.deadLetters = deadLetters;
        this.caller = caller;
        this.types = types;
    }

    @GET
    @Operation(
            operationId = "listDeadLetters",
            summary = "List dead letters",
            description = "The dead letters for which all filters hold, the latest first.")
    @APIResponse(responseCode = "200", description = "A page of dead letters.")
    @APIResponse(responseCode = "503", description = "The log is away; deliveries go on.")
    public Page<DeadLetterView> list(@BeanParam DeadLetterFilter filter, @BeanParam PageQuery page) {
        Conditions conditions = filter.conditions(caller.tenantId(), types.names());
        return Page.of(deadLetters.listOfTenant(conditions, page), page, DeadLetterView::id);
    }

    @GET
    @Path("/{id}")
    @Operation(
            operationId = "getDeadLetter",
            summary = "Get a dead letter",
            description = "A dead letter with its delivery's attempts and the event's data.")
    @APIResponse(responseCode = "200", description = "The dead letter.")
    @APIResponse(responseCode = "503", description = "The log is away; deliveries go on.")
    public DeadLetterDetail get(
            @PathParam("id")
                    @Parameter(description = "The dead letter's id.", example = "dead_0198c5e27b0a7c3f9d2ab41c6f7e8d95")
                    String id) {
        return deadLetters.findOfTenant(caller.tenantId(), id).orElseThrow(() -> Problems.notFound("dead letter", id));
    }
}
