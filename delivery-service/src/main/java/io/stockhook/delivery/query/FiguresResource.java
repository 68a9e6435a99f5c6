package io.stockhook.delivery.query;

import io.stockhook.web.auth.Caller;
import io.stockhook.web.auth.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The figures of a tenant's webhooks. */
@Path("/api/v1/deliveries/figures")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
@Tag(name = "Deliveries", description = "What was delivered, what was not, and why.")
public class FiguresResource {

    private final FiguresQueries figures;
    private final Caller caller;

    FiguresResource(FiguresQueries figures, Caller caller) {
        this.figures = figures;
        this.caller = caller;
    }

    @POST
    @Operation(
            operationId = "getFigures",
            summary = "Get figures of webhooks",
            description =
                    "Of up to 200 webhooks at once, and changes nothing; a list of ids is too long for a query. Lists of"
                            + " webhooks are made with it.")
    @APIResponse(responseCode = "200", description = "The figures.")
    @APIResponse(responseCode = "503", description = "The log is away; deliveries go on.")
    public FiguresView get(@NotNull @Valid FiguresRequest request) {
        return figures.ofTenant(
                caller.tenantId(),
                request.webhookIds().stream()
                        .map(id -> FilterValues.webhookId("webhook_ids", id))
                        .toList(),
                Boolean.TRUE.equals(request.summary()));
    }
}
