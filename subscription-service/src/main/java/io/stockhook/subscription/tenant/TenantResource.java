package io.stockhook.subscription.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhook.subscription.publication.ConfirmedAnswers;
import io.stockhook.subscription.publication.Publication;
import io.stockhook.web.auth.Caller;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.etag.Answers;
import io.stockhook.web.idempotency.Idempotent;
import io.stockhook.web.paging.Page;
import io.stockhook.web.paging.PageQuery;
import io.stockhook.web.patch.MergePatch;
import io.stockhook.web.tenancy.TenantScope;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/tenants}: for the platform's admin, who looks across tenants; and each tenant's look at itself. */
@Path(TenantResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Tenants", description = "The customers of the platform.")
@RolesAllowed(Roles.ADMIN)
public class TenantResource {

    static final String PATH = "/api/v1/tenants";

    private final TenantService tenants;
    private final ConfirmedAnswers answers;
    private final Caller caller;

    TenantResource(TenantService tenants, ConfirmedAnswers answers, Caller caller) {
        this.tenants = tenants;
        this.answers = answers;
        this.caller = caller;
    }

    @POST
    @Idempotent
    @Operation(summary = "Create a tenant", description = "Answers when every service can know of it.")
    @APIResponse(
            responseCode = "201",
            description = "Created and published.",
            content = @Content(schema = @Schema(implementation = TenantView.class)))
    @APIResponse(
            responseCode = "202",
            description = "Created; the other services will know of it later.",
            content = @Content(schema = @Schema(implementation = TenantView.class)))
    public RestResponse<TenantView> create(@NotNull @Valid TenantRequest request) {
        Publication<TenantView> created = TenantScope.asSystem(() -> tenants.create(request));
        return answers.created(PATH, created);
    }

    @GET
    @Operation(summary = "List tenants", description = "In order of creation; the platform's own tenant comes first.")
    public Page<TenantView> list(
            @Parameter(
                            description = "Only those that are active, or only those that are suspended.",
                            schema = @Schema(enumeration = {"active", "suspended"}))
                    @QueryParam("status")
                    @Nullable
                    String status,
            @Parameter(description = "Only those whose name contains this, in any case.", example = "acme")
                    @QueryParam("text")
                    @Nullable
                    String text,
            @BeanParam PageQuery query) {
        return TenantScope.asSystem(() -> tenants.list(TenantFilter.of(status, text), query));
    }

    @GET
    @Path("/current")
    @RolesAllowed({Roles.ADMIN, Roles.VIEWER, Roles.PUBLISHER})
    @Operation(summary = "Show the caller's tenant", description = "The tenant that the caller's token acts for.")
    @APIResponse(
            responseCode = "200",
            description = "The tenant.",
            content = @Content(schema = @Schema(implementation = TenantView.class)))
    public RestResponse<TenantView> current() {
        String tenantId = caller.tenantId();
        return Answers.ok(TenantScope.as(tenantId, () -> tenants.get(tenantId)));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Show a tenant", description = "With its version as ETag.")
    @APIResponse(
            responseCode = "200",
            description = "The tenant.",
            content = @Content(schema = @Schema(implementation = TenantView.class)))
    public RestResponse<TenantView> get(@PathParam("id") String id) {
        return Answers.ok(TenantScope.asSystem(() -> tenants.get(id)));
    }

    @PUT
    @Path("/{id}")
    @Operation(summary = "Replace a tenant", description = "Honours If-Match.")
    @APIResponse(
            responseCode = "200",
            description = "Replaced and published.",
            content = @Content(schema = @Schema(implementation = TenantView.class)))
    @APIResponse(
            responseCode = "202",
            description = "Replaced; the other services will know of it later.",
            content = @Content(schema = @Schema(implementation = TenantView.class)))
    public RestResponse<TenantView> replace(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid TenantRequest request) {
        return answers.changed(TenantScope.asSystem(() -> tenants.replace(id, ifMatch, request)));
    }

    @PATCH
    @Path("/{id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(summary = "Change a tenant", description = "A JSON merge patch (RFC 7396). Honours If-Match.")
    @APIResponse(
            responseCode = "200",
            description = "Changed and published.",
            content = @Content(schema = @Schema(implementation = TenantView.class)))
    @APIResponse(
            responseCode = "202",
            description = "Changed; the other services will know of it later.",
            content = @Content(schema = @Schema(implementation = TenantView.class)))
    public RestResponse<TenantView> patch(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = TenantRequest.class))) @Nullable
                    JsonNode patch) {
        return answers.changed(TenantScope.asSystem(() -> tenants.patch(id, ifMatch, patch)));
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            summary = "Delete a tenant",
            description = "With all it has: its keys stop working and its webhooks get nothing more. Honours If-Match.")
    @APIResponse(responseCode = "204", description = "Deleted, and every service can know of it.")
    @APIResponse(responseCode = "202", description = "Deleted; the other services will know of it later.")
    public RestResponse<Void> delete(
            @PathParam("id") String id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return answers.deleted(TenantScope.asSystem(() -> tenants.delete(id, ifMatch)));
    }
}
