package io.stockhook.subscription.apikey;

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
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/api-keys}: an owner's own tenant's keys; everyone's for the platform's admin. */
@Path(ApiKeyResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "API keys", description = "Who may call, with which role.")
@RolesAllowed({Roles.ADMIN, Roles.OWNER})
public class ApiKeyResource {

    static final String PATH = "/api/v1/api-keys";

    private final ApiKeyService keys;
    private final ConfirmedAnswers answers;
    private final Caller caller;

    ApiKeyResource(ApiKeyService keys, ConfirmedAnswers answers, Caller caller) {
        this.keys = keys;
        this.answers = answers;
        this.caller = caller;
    }

    @POST
    @Idempotent
    @Operation(
            summary = "Make an API key",
            description = "Answers when every service can know of it. The key is shown in this answer and never again.")
    @APIResponse(
            responseCode = "201",
            description = "Made and published.",
            content = @Content(schema = @Schema(implementation = ApiKeyView.class)))
    @APIResponse(
            responseCode = "202",
            description = "Made; it works once the services know of it.",
            content = @Content(schema = @Schema(implementation = ApiKeyView.class)))
    public RestResponse<ApiKeyView> create(@NotNull @Valid ApiKeyRequest request) {
        String tenantId = ApiKeyRules.tenantOf(request, caller.has(Roles.ADMIN), caller.tenant());
        Publication<ApiKeyView> created = inScope(() -> keys.create(tenantId, request));
        return answers.created(PATH, created);
    }

    @GET
    @Operation(summary = "List API keys", description = "In order of creation, without the keys themselves.")
    public Page<ApiKeyView> list(@BeanParam PageQuery query) {
        return inScope(() -> keys.list(scope(), query));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Show an API key", description = "Without the key itself.")
    @APIResponse(
            responseCode = "200",
            description = "The key's data.",
            content = @Content(schema = @Schema(implementation = ApiKeyView.class)))
    public RestResponse<ApiKeyView> get(@PathParam("id") String id) {
        return Answers.ok(inScope(() -> keys.get(scope(), id)));
    }

    @PATCH
    @Path("/{id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(
            summary = "Rename an API key",
            description = "A JSON merge patch (RFC 7396) of its name; anything else takes a new key. Honours If-Match.")
    @APIResponse(
            responseCode = "200",
            description = "Renamed.",
            content = @Content(schema = @Schema(implementation = ApiKeyView.class)))
    public RestResponse<ApiKeyView> patch(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = ApiKeyChange.class))) @Nullable
                    JsonNode patch) {
        return Answers.ok(inScope(() -> keys.patch(scope(), id, ifMatch, patch)));
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Revoke an API key", description = "It stops working everywhere. Honours If-Match.")
    @APIResponse(responseCode = "204", description = "Revoked, and every service can know of it.")
    @APIResponse(responseCode = "202", description = "Revoked; the other services will know of it later.")
    public RestResponse<Void> revoke(
            @PathParam("id") String id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return answers.deleted(inScope(() -> keys.revoke(scope(), id, ifMatch)));
    }

    @POST
    @Path("/{id}/rotate")
    @Operation(
            summary = "Replace an API key",
            description =
                    "The same key id, role and limits under a new secret, which is shown in this answer and never again. The old one"
                            + " stops working everywhere at once; to change over without a gap, make a second key and revoke the first."
                            + " Honours If-Match.")
    @APIResponse(
            responseCode = "200",
            description = "Replaced, and every service can know of it.",
            content = @Content(schema = @Schema(implementation = ApiKeyView.class)))
    @APIResponse(
            responseCode = "202",
            description = "Replaced; the other services will know of it later.",
            content = @Content(schema = @Schema(implementation = ApiKeyView.class)))
    public RestResponse<ApiKeyView> rotate(
            @PathParam("id") String id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return answers.changed(inScope(() -> keys.rotate(scope(), id, ifMatch)));
    }

    /** Whose keys the caller may see: the own tenant's; all, for the platform's admin. */
    private Optional<String> scope() {
        return caller.has(Roles.ADMIN) ? Optional.empty() : Optional.of(caller.tenantId());
    }

    /** The platform's admin looks across tenants; anyone else's transactions see their own. */
    private <T> T inScope(Supplier<T> work) {
        return caller.has(Roles.ADMIN) ? TenantScope.asSystem(work) : work.get();
    }
}
