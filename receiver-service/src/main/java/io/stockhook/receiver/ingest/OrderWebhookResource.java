package io.stockhook.receiver.ingest;

import io.stockhook.web.auth.Caller;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.edge.RequestTrace;
import io.stockhook.web.idempotency.Idempotent;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The inbound order webhook. */
@Path("/api/v1/webhooks/order")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Order webhook", description = "What order systems send to you.")
public class OrderWebhookResource {

    private final OrderWebhookService service;
    private final Caller caller;
    private final RequestTrace trace;

    OrderWebhookResource(OrderWebhookService service, Caller caller, RequestTrace trace) {
        this.service = service;
        this.caller = caller;
        this.trace = trace;
    }

    /** Answers once the webhook's event is durable. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.PUBLISHER)
    @Idempotent
    @Operation(
            operationId = "receiveOrderWebhook",
            summary = "Take in an order webhook",
            description =
                    "The webhook becomes an event of its `event_type` with the answer as its data, and goes to every webhook "
                            + "that subscribes to that type. Answered once the event is durable. `Idempotency-Key` makes "
                            + "repeating it safe.")
    @APIResponse(
            responseCode = "201",
            description = "Taken in.",
            content = @Content(schema = @Schema(implementation = ReceivedOrderWebhook.class)))
    @APIResponse(
            responseCode = "202",
            description = "Stored for good while the event log is away; its event follows. Do not repeat it.",
            content = @Content(schema = @Schema(implementation = ReceivedOrderWebhook.class)))
    @APIResponse(responseCode = "413", description = "Longer than an event may be.")
    public Response receive(@NotNull @Valid OrderWebhook webhook) {
        OrderWebhookService.Receipt receipt = service.receive(caller.tenantId(), trace.traceparent(), webhook);
        return Response.status(receipt.isPublished() ? Response.Status.CREATED : Response.Status.ACCEPTED)
                .entity(receipt.webhook())
                .build();
    }
}
