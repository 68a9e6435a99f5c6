package io.stockhook.subscription.eventtype;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhook.subscription.publication.ConfirmedAnswers;
import io.stockhook.subscription.publication.Publication;
import io.stockhook.web.auth.Caller;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.etag.Answers;
import io.stockhook.web.idempotency.Idempotent;
import io.stockhook.web.json.EnumNames;
import io.stockhook.web.paging.Page;
import io.stockhook.web.paging.PageQuery;
import io.stockhook.web.patch.MergePatch;
import io.stockhook.web.problem.Problems;
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

/** {@code /api/v1/event-types}: what can be subscribed to and published. */
@Path(EventTypeResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Event types", description = "What can be subscribed to and published.")
@RolesAllowed(Roles.EDITOR)
public class EventTypeResource {

    static final String PATH = "/api/v1/event-types";

    private static final String VERSIONS = "/{name}/versions";

    private final EventTypeService types;
    private final ConfirmedAnswers answers;
    private final Caller caller;

    EventTypeResource(EventTypeService types, ConfirmedAnswers answers, Caller caller) {
        this.types = types;
        this.answers = answers;
        this.caller = caller;
    }

    @POST
    @Idempotent
    @Operation(
            summary = "Make an event type",
            description = "One of the tenant's own, with the first version of its payload. Answers when every service"
                    + " can know of it.")
    @APIResponse(
            responseCode = "201",
            description = "Made and published.",
            content = @Content(schema = @Schema(implementation = EventTypeView.class)))
    @APIResponse(
            responseCode = "202",
            description = "Made; the other services will know of it later.",
            content = @Content(schema = @Schema(implementation = EventTypeView.class)))
    @APIResponse(responseCode = "409", description = "There is one of this name, or as many as a tenant may have.")
    public RestResponse<EventTypeView> create(@NotNull @Valid EventTypeRequest request) {
        return answers.created(PATH, types.create(caller.tenantId(), request));
    }

    @GET
    @RolesAllowed({Roles.VIEWER, Roles.PUBLISHER})
    @Operation(
            summary = "List event types",
            description =
                    "All that can be subscribed to, in the order of their names: what each says, when it happens, who"
                            + " sends it, what its data is, with an example, and how many webhooks get it.")
    public Page<EventTypeView> list(
            @Parameter(description = "Only those of this category.", example = "sales")
                    @QueryParam("category")
                    @Nullable
                    String category,
            @Parameter(
                            description = "Only those that are deprecated, or only those that are not.",
                            schema = @Schema(enumeration = {"active", "deprecated"}))
                    @QueryParam("status")
                    @Nullable
                    String status,
            @Parameter(
                            description =
                                    "Only those whose name, display name or description contains this, in any case.",
                            example = "stock")
                    @QueryParam("text")
                    @Nullable
                    String text,
            @Parameter(
                            description = "Only the tenant's own, or only the platform's.",
                            schema = @Schema(enumeration = {"true", "false"}))
                    @QueryParam("custom")
                    @Nullable
                    String custom,
            @BeanParam PageQuery query) {
        return types.list(caller.tenantId(), EventTypeFilter.of(category, status, text, custom), query);
    }

    @GET
    @Path("/{name}")
    @RolesAllowed({Roles.VIEWER, Roles.PUBLISHER})
    @Operation(summary = "Show an event type", description = "By its name or an alias.")
    @APIResponse(
            responseCode = "200",
            description = "The event type.",
            content = @Content(schema = @Schema(implementation = EventTypeView.class)))
    public RestResponse<EventTypeView> get(@PathParam("name") String name) {
        return Answers.ok(types.get(caller.tenantId(), name));
    }

    @PUT
    @Path("/{name}")
    @Operation(
            summary = "Replace what may change of an event type",
            description = "Its name stays, and its payload changes by versions. Honours If-Match.")
    @APIResponse(
            responseCode = "200",
            description = "Replaced and published.",
            content = @Content(schema = @Schema(implementation = EventTypeView.class)))
    @APIResponse(responseCode = "202", description = "Replaced; it is published later.")
    public RestResponse<EventTypeView> replace(
            @PathParam("name") String name,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid EventTypeChange change) {
        return answers.changed(types.replace(caller.tenantId(), name, ifMatch, change));
    }

    @PATCH
    @Path("/{name}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(
            summary = "Change an event type",
            description = "A JSON merge patch (RFC 7396): `{\"deprecated\": true, \"replacement\": \"crm.deal_won\"}`"
                    + " deprecates it. Honours If-Match.")
    @APIResponse(
            responseCode = "200",
            description = "Changed and published.",
            content = @Content(schema = @Schema(implementation = EventTypeView.class)))
    @APIResponse(responseCode = "202", description = "Changed; it is published later.")
    public RestResponse<EventTypeView> patch(
            @PathParam("name") String name,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = EventTypeChange.class))) JsonNode patch) {
        return answers.changed(types.patch(caller.tenantId(), name, ifMatch, patch));
    }

    @DELETE
    @Path("/{name}")
    @Operation(
            summary = "Delete an event type",
            description = "One that no webhook subscribes to by its name. Honours If-Match.")
    @APIResponse(responseCode = "204", description = "Deleted, and every service can know of it.")
    @APIResponse(responseCode = "202", description = "Deleted; the other services will know of it later.")
    @APIResponse(responseCode = "409", description = "Webhooks subscribe to it; says how many.")
    public RestResponse<Void> delete(
            @PathParam("name") String name, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return answers.deleted(types.delete(caller.tenantId(), name, ifMatch));
    }

    @GET
    @Path(VERSIONS)
    @RolesAllowed({Roles.VIEWER, Roles.PUBLISHER})
    @Operation(
            summary = "List the versions of an event type's payload",
            description = "All of them, the newest first, with what each breaks for those who read the one before.")
    public Page<EventTypeVersionView> versions(@PathParam("name") String name) {
        var all = types.versions(caller.tenantId(), name);
        return new Page<>(all, null, (long) all.size());
    }

    @GET
    @Path(VERSIONS + "/{version}")
    @RolesAllowed({Roles.VIEWER, Roles.PUBLISHER})
    @Operation(
            summary = "Show a version of an event type's payload",
            description =
                    "Its address is what an event's `data_schema` says, to be of this version and not of the newest.")
    @APIResponse(
            responseCode = "200",
            description = "The version.",
            content = @Content(schema = @Schema(implementation = EventTypeVersionView.class)))
    public RestResponse<EventTypeVersionView> version(
            @PathParam("name") String name, @PathParam("version") String version) {
        return Answers.ok(types.version(caller.tenantId(), name, version));
    }

    @POST
    @Idempotent
    @Path(VERSIONS)
    @Operation(
            summary = "Add a version to an event type's payload",
            description = "Refused with all that it breaks for those who read the version before, unless it may break"
                    + " something. Events are of the newest version from then on. Honours If-Match.")
    @APIResponse(
            responseCode = "201",
            description = "Added and published.",
            content = @Content(schema = @Schema(implementation = EventTypeVersionView.class)))
    @APIResponse(
            responseCode = "202",
            description = "Added; the other services will know of it later.",
            content = @Content(schema = @Schema(implementation = EventTypeVersionView.class)))
    @APIResponse(responseCode = "409", description = "It breaks something; `errors` says what.")
    public RestResponse<EventTypeVersionView> addVersion(
            @PathParam("name") String name,
            @Parameter(
                            description = "`backward`: it must break nothing. `none`: it may break anything.",
                            schema =
                                    @Schema(
                                            enumeration = {"backward", "none"},
                                            defaultValue = "backward"))
                    @QueryParam("compatibility")
                    @Nullable
                    String compatibility,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid EventTypeVersionRequest request) {
        Publication<EventTypeVersionView> added =
                types.addVersion(caller.tenantId(), name, ifMatch, request, compatibility(compatibility));
        return answers.created(PATH + '/' + name + "/versions", added);
    }

    @POST
    @Path(VERSIONS + "/check")
    @RolesAllowed({Roles.VIEWER, Roles.PUBLISHER})
    @Operation(
            summary = "Check a version without adding it",
            description =
                    "Says all that it would break for those who read the newest version, of the platform's types as well.")
    public CompatibilityView check(@PathParam("name") String name, @NotNull @Valid EventTypeVersionRequest request) {
        return types.check(caller.tenantId(), name, request);
    }

    private static Compatibility compatibility(@Nullable String text) {
        if (text == null) {
            return Compatibility.BACKWARD;
        }
        try {
            return EnumNames.constant(Compatibility.class, text);
        } catch (IllegalArgumentException e) {
            throw Problems.badField("compatibility", "Must be backward or none.");
        }
    }
}
