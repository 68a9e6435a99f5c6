package io.stockhook.subscription.subscriber;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhook.subscription.publication.ConfirmedAnswers;
import io.stockhook.web.auth.Caller;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.etag.Answers;
import io.stockhook.web.idempotency.Idempotent;
import io.stockhook.web.paging.Page;
import io.stockhook.web.paging.PageQuery;
import io.stockhook.web.patch.MergePatch;
import io.vertx.core.http.HttpServerRequest;
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

/** {@code /api/v1/subscribers}: the external systems of a tenant. */
@Path(SubscriberResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Subscribers", description = "The external systems that webhooks belong to and inherit from.")
@RolesAllowed(Roles.EDITOR)
public class SubscriberResource {

    static final String PATH = "/api/v1/subscribers";

    private final SubscriberService subscribers;
    private final ConfirmedAnswers answers;
    private final Caller caller;
    private final SubscriberUsage usage;
    private final HttpServerRequest incoming;

    SubscriberResource(
            SubscriberService subscribers,
            ConfirmedAnswers answers,
            Caller caller,
            SubscriberUsage usage,
            HttpServerRequest incoming) {
        this.usage = usage;
        this.incoming = incoming;
        this.subscribers = subscribers;
        this.answers = answers;
        this.caller = caller;
    }

    @POST
    @Idempotent
    @Operation(
            summary = "Create a subscriber",
            description = "Webhooks belong to it that name it in their `subscriber_id`.")
    @APIResponse(
            responseCode = "201",
            description = "Created.",
            content = @Content(schema = @Schema(implementation = SubscriberView.class)))
    public RestResponse<SubscriberView> create(@NotNull @Valid SubscriberRequest request) {
        return Answers.created(PATH, subscribers.create(caller.tenantId(), request));
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "List subscribers", description = "In order of creation.")
    public Page<SubscriberView> list(
            @Parameter(
                            description = "Only those that are active, or only those that are not.",
                            schema = @Schema(enumeration = {"active", "inactive"}))
                    @QueryParam("status")
                    @Nullable
                    String status,
            @Parameter(
                            description =
                                    "Only those whose name, external reference or description contains this, in any case.",
                            example = "erp")
                    @QueryParam("text")
                    @Nullable
                    String text,
            @BeanParam PageQuery query) {
        return subscribers.list(caller.tenantId(), SubscriberFilter.of(status, text), query);
    }

    @GET
    @Path("/{id}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Show a subscriber", description = "With masked auth.")
    @APIResponse(
            responseCode = "200",
            description = "The subscriber.",
            content = @Content(schema = @Schema(implementation = SubscriberView.class)))
    public RestResponse<SubscriberView> get(@PathParam("id") String id) {
        return Answers.ok(subscribers.get(caller.tenantId(), id));
    }

    @GET
    @Path("/{id}/usage")
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            summary = "Show what a subscriber uses",
            description =
                    "Its deliveries of a month by day, against its quotas, and its webhooks. While delivery-service is"
                            + " away, deliveries are null and `missing` says so. Webhooks that have left the subscriber, or were"
                            + " deleted, are not counted.")
    @APIResponse(
            responseCode = "200",
            description = "The usage.",
            content = @Content(schema = @Schema(implementation = UsageView.class)))
    public UsageView usage(
            @PathParam("id") String id,
            @Parameter(description = "The month, in UTC; the one that it is now if left out.", example = "2026-01")
                    @QueryParam("month")
                    @Nullable
                    String month,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
        return usage.of(
                caller.tenantId(),
                id,
                month,
                authorization,
                incoming.remoteAddress().hostAddress());
    }

    @PUT
    @Path("/{id}")
    @Operation(
            summary = "Replace a subscriber",
            description =
                    "Everything but its auth, if that is left out or sent back as `***`. What its webhooks have from it"
                            + " holds for them from now on. Honours If-Match.")
    @APIResponse(
            responseCode = "200",
            description = "Replaced, and its webhooks published anew if that concerns them.",
            content = @Content(schema = @Schema(implementation = SubscriberView.class)))
    @APIResponse(responseCode = "202", description = "Replaced; its webhooks are published later.")
    public RestResponse<SubscriberView> replace(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid SubscriberRequest request) {
        return answers.changed(subscribers.replace(caller.tenantId(), id, ifMatch, request));
    }

    @PATCH
    @Path("/{id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(
            summary = "Change a subscriber",
            description = "A JSON merge patch (RFC 7396). `{\"is_active\": false}` holds all its deliveries,"
                    + " `{\"is_active\": true}` lets exactly those webhooks go on that are active themselves. Honours"
                    + " If-Match.")
    @APIResponse(
            responseCode = "200",
            description = "Changed, and its webhooks published anew if that concerns them.",
            content = @Content(schema = @Schema(implementation = SubscriberView.class)))
    @APIResponse(responseCode = "202", description = "Changed; its webhooks are published later.")
    public RestResponse<SubscriberView> patch(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = SubscriberRequest.class))) @Nullable
                    JsonNode patch) {
        return answers.changed(subscribers.patch(caller.tenantId(), id, ifMatch, patch));
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            summary = "Delete a subscriber",
            description =
                    "Refused while webhooks belong to it: `GET /webhooks?subscriber_id=` lists them. Honours If-Match.")
    @APIResponse(responseCode = "204", description = "Deleted.")
    @APIResponse(responseCode = "409", description = "Webhooks belong to it; the answer says how many.")
    public RestResponse<Void> delete(
            @PathParam("id") String id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        subscribers.delete(caller.tenantId(), id, ifMatch);
        return RestResponse.noContent();
    }
}
