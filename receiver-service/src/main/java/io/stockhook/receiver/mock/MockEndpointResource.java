package io.stockhook.receiver.mock;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhook.web.auth.Caller;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.etag.Answers;
import io.stockhook.web.idempotency.Idempotent;
import io.stockhook.web.paging.Page;
import io.stockhook.web.paging.PageQuery;
import io.stockhook.web.patch.MergePatch;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Mock endpoints. */
@Path(MockEndpointResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Tag(
        name = "Mock endpoints",
        description = "A place to point a webhook at: records, verifies, shows, and behaves as told.")
public class MockEndpointResource {

    static final String PATH = "/api/v1/mock-endpoints";

    private final MockEndpointService service;
    private final Caller caller;

    MockEndpointResource(MockEndpointService service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    /** Creates one. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.EDITOR)
    @Idempotent
    @Operation(
            operationId = "createMockEndpoint",
            summary = "Create a mock endpoint",
            description = "The answer has the `url` to point a webhook at; it takes any method and no token.")
    @APIResponse(
            responseCode = "201",
            description = "Created.",
            content = @Content(schema = @Schema(implementation = MockEndpointView.class)))
    public RestResponse<MockEndpointView> create(@NotNull @Valid MockEndpointRequest input) {
        return Answers.created(PATH, service.create(caller.tenantId(), input));
    }

    /** Lists them. */
    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            operationId = "listMockEndpoints",
            summary = "List the mock endpoints",
            description = "In the order in which they were created.")
    @APIResponse(responseCode = "200", description = "A page of them.")
    public Page<MockEndpointView> list(@BeanParam PageQuery query) {
        return service.list(caller.tenantId(), query);
    }

    /** Shows one. */
    @GET
    @Path("/{id}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            operationId = "getMockEndpoint",
            summary = "Show a mock endpoint",
            description = "Its secret is never shown.")
    @APIResponse(
            responseCode = "200",
            description = "The mock endpoint.",
            content = @Content(schema = @Schema(implementation = MockEndpointView.class)))
    public RestResponse<MockEndpointView> get(@PathParam("id") String id) {
        return Answers.ok(service.get(caller.tenantId(), id));
    }

    /** Replaces one. */
    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.EDITOR)
    @Operation(
            operationId = "replaceMockEndpoint",
            summary = "Replace a mock endpoint",
            description = "Everything but the secret, which stays unless given. The sequence of answers begins anew.")
    @APIResponse(
            responseCode = "200",
            description = "The mock endpoint as it is now.",
            content = @Content(schema = @Schema(implementation = MockEndpointView.class)))
    public RestResponse<MockEndpointView> replace(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid MockEndpointRequest input) {
        return Answers.ok(service.replace(caller.tenantId(), id, ifMatch, input));
    }

    /** Changes one. */
    @PATCH
    @Path("/{id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @RolesAllowed(Roles.EDITOR)
    @Operation(
            operationId = "changeMockEndpoint",
            summary = "Change a mock endpoint",
            description =
                    "A JSON merge patch (RFC 7396); a null `secret` takes the secret away. The sequence of answers begins anew.")
    @APIResponse(
            responseCode = "200",
            description = "The mock endpoint as it is now.",
            content = @Content(schema = @Schema(implementation = MockEndpointView.class)))
    public RestResponse<MockEndpointView> change(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = MockEndpointRequest.class))) @Nullable
                    JsonNode patch) {
        return Answers.ok(service.patch(caller.tenantId(), id, ifMatch, patch));
    }

    /** Deletes one with its requests. */
    @DELETE
    @Path("/{id}")
    @RolesAllowed(Roles.EDITOR)
    @Operation(
            operationId = "deleteMockEndpoint",
            summary = "Delete a mock endpoint",
            description = "With the requests it has received.")
    @APIResponse(responseCode = "204", description = "Deleted.")
    public void delete(@PathParam("id") String id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        service.delete(caller.tenantId(), id, ifMatch);
    }
}
