package io.stockhook.receiver.mock;

import io.stockhook.web.auth.Caller;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.paging.Page;
import io.stockhook.web.paging.PageQuery;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a mock endpoint received. */
@Path(MockEndpointResource.PATH + "/{id}/requests")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Mock endpoints")
public class MockRequestResource {

    private final MockRequestService service;
    private final Caller caller;

    MockRequestResource(MockRequestService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    /** Lists the requests. */
    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            operationId = "listMockRequests",
            summary = "List what a mock endpoint received",
            description =
                    "The newest 1000 are kept, with headers, body and what became of both signatures. A page of long bodies"
                            + " ends before its limit; go on while there is a `next`.")
    @APIResponse(responseCode = "200", description = "A page of the requests.")
    @APIResponse(responseCode = "400", description = "`limit`, `cursor` or `order` is wrong.")
    @APIResponse(responseCode = "404", description = "There is no mock endpoint with this id.")
    public Page<MockRequestView> list(
            @PathParam("id") String id,
            @QueryParam("order")
                    @Parameter(
                            description = "Which comes first.",
                            example = "oldest",
                            schema =
                                    @Schema(
                                            enumeration = {"newest", "oldest"},
                                            defaultValue = "newest"))
                    @Nullable
                    String order,
            @BeanParam PageQuery query) {
        return service.list(caller.tenantId(), id, RequestOrder.of(order), query);
    }

    /** Clears them. */
    @DELETE
    @RolesAllowed(Roles.EDITOR)
    @Operation(
            operationId = "clearMockRequests",
            summary = "Forget what a mock endpoint received",
            description = "Its sequence of answers goes on where it is, and so do the requests' numbers.")
    @APIResponse(responseCode = "204", description = "Forgotten.")
    @APIResponse(responseCode = "404", description = "There is no mock endpoint with this id.")
    public void clear(@PathParam("id") String id) {
        service.clear(caller.tenantId(), id);
    }
}
