package io.stockhook.delivery.confirmation;

import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where endpoints confirm what they have taken. Authorised by the token that the delivery carried and by nothing else. */
@Path("/api/v1/deliveries/{id}/confirm")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
@Tag(name = "Deliveries")
public class ConfirmationResource {

    /** The header in which the token comes back, whatever the prefix under which it went out. */
    static final String TOKEN = "X-Webhook-Confirm";

    private final ConfirmationService service;

    ConfirmationResource(ConfirmationService service) {
        this.service = service;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "confirmDelivery",
            summary = "Confirm a delivery",
            description = "For endpoints in the mode `confirm` that have answered 202: says whether the delivery is"
                    + " done. What failed is tried again as its webhook's retry policy says. May be repeated.")
    @APIResponse(
            responseCode = "200",
            description = "It is taken.",
            content = @Content(schema = @Schema(implementation = ConfirmationView.class)))
    @APIResponse(responseCode = "401", description = "The token is missing, or is not this delivery's.")
    @APIResponse(responseCode = "409", description = "It comes too late, or the delivery was cancelled or begun anew.")
    @APIResponse(responseCode = "503", description = "The broker does not take it now.")
    public ConfirmationView confirm(
            @PathParam("id")
                    @Parameter(
                            description = "The delivery's id, as in its header `X-Webhook-Delivery`.",
                            example = "dlv_0198c5e27b0a7c3f9d2ab41c6f7e8d90")
                    String id,
            @HeaderParam(TOKEN)
                    @Parameter(
                            description = "The token of the attempt, from the header of the same name.",
                            example = "v1.main.S3J5...")
                    @Nullable
                    String token,
            @NotNull @Valid ConfirmationRequest request) {
        return service.confirm(id, token, request);
    }
}
