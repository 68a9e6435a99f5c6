package io.stockhook.subscription.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhook.events.Ids;
import io.stockhook.subscription.publication.ConfirmedAnswers;
import io.stockhook.web.auth.Caller;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.etag.Answers;
import io.stockhook.web.patch.MergePatch;
import io.stockhook.web.problem.Problems;
import io.stockhook.web.tenancy.TenantScope;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/settings}: a tenant's own, or for the platform's admin those of the tenant that the request names. */
@Path(SettingsResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Settings", description = "What holds for all of a tenant unless a subscriber or a webhook says otherwise.")
@RolesAllowed({Roles.OWNER, Roles.ADMIN})
public class SettingsResource {

    static final String PATH = "/api/v1/settings";
    private static final String WHOSE = "For the platform's admin: whose settings.";

    private final SettingsService settings;
    private final ConfirmedAnswers answers;
    private final Caller caller;
    private final HttpServerRequest incoming;

    SettingsResource(SettingsService settings, ConfirmedAnswers answers, Caller caller, HttpServerRequest incoming) {
        this.settings = settings;
        this.answers = answers;
        this.caller = caller;
        this.incoming = incoming;
    }

    @GET
    @RolesAllowed({Roles.VIEWER, Roles.ADMIN})
    @Operation(summary = "Show the settings", description = "What the tenant says, and what holds in the end.")
    @APIResponse(
            responseCode = "200",
            description = "The settings.",
            content = @Content(schema = @Schema(implementation = SettingsView.class)))
    public RestResponse<SettingsView> get(
            @Parameter(description = WHOSE) @QueryParam("tenant_id") @Nullable String tenantId) {
        String whose = tenant(tenantId);
        return Answers.ok(TenantScope.as(whose, () -> settings.get(whose)));
    }

    @PUT
    @Operation(
            summary = "Replace the settings",
            description = "What is left out becomes the platform's. What webhooks inherit holds for them from now on."
                    + " Honours If-Match.")
    @APIResponse(
            responseCode = "200",
            description = "Replaced and published.",
            content = @Content(schema = @Schema(implementation = SettingsView.class)))
    @APIResponse(responseCode = "202", description = "Replaced; the webhooks that inherit are published later.")
    @APIResponse(responseCode = "409", description = "Webhooks use a template that would be gone.")
    public RestResponse<SettingsView> replace(
            @Parameter(description = WHOSE) @QueryParam("tenant_id") @Nullable String tenantId,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid SettingsRequest request) {
        String whose = tenant(tenantId);
        return answers.changed(
                TenantScope.as(whose, () -> settings.replace(whose, ifMatch, request, callersKeyAddress())));
    }

    @PATCH
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(summary = "Change the settings", description = "A JSON merge patch (RFC 7396). Honours If-Match.")
    @APIResponse(
            responseCode = "200",
            description = "Changed and published.",
            content = @Content(schema = @Schema(implementation = SettingsView.class)))
    @APIResponse(responseCode = "202", description = "Changed; the webhooks that inherit are published later.")
    public RestResponse<SettingsView> patch(
            @Parameter(description = WHOSE) @QueryParam("tenant_id") @Nullable String tenantId,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = SettingsRequest.class))) @Nullable
                    JsonNode patch) {
        String whose = tenant(tenantId);
        return answers.changed(TenantScope.as(whose, () -> settings.patch(whose, ifMatch, patch, callersKeyAddress())));
    }

    private String tenant(@Nullable String named) {
        if (!caller.has(Roles.ADMIN)) {
            if (named != null) {
                throw Problems.badField("tenant_id", "Only the platform's admin names the tenant; yours is known.");
            }
            return caller.tenantId();
        }
        if (named == null) {
            throw Problems.badField("tenant_id", "Say whose settings.");
        }
        if (!Ids.isA(Ids.Kind.TENANT, named)) {
            throw Problems.notFound("tenant", named);
        }
        return named;
    }

    /** Null where the tenant's ranges say nothing of the caller: with a token, and for the platform's admin. */
    private @Nullable InetAddress callersKeyAddress() {
        if (caller.keyId().isEmpty() || caller.has(Roles.ADMIN)) {
            return null;
        }
        try {
            return InetAddress.getByName(incoming.remoteAddress().hostAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address literal needs no look-up", e);
        }
    }
}
