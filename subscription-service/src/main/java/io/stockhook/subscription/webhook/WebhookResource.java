package io.stockhook.subscription.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockhook.subscription.eventtype.SubscribableTypes;
import io.stockhook.subscription.publication.ConfirmedAnswers;
import io.stockhook.subscription.publication.Publication;
import io.stockhook.web.auth.Caller;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.etag.Answers;
import io.stockhook.web.idempotency.Idempotent;
import io.stockhook.web.paging.PageQuery;
import io.stockhook.web.patch.MergePatch;
import io.stockhook.web.problem.OptionalBody;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/webhooks}: where a tenant's events are delivered to. */
@Path(WebhookResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks", description = "The endpoints that events are delivered to.")
@RolesAllowed(Roles.EDITOR)
public class WebhookResource {

    static final String PATH = "/api/v1/webhooks";

    private final WebhookService webhooks;
    private final ConfirmedAnswers answers;
    private final Caller caller;
    private final WebhookRecovery recovery;
    private final WebhookFigures figures;
    private final WebhookDeliveries deliveries;
    private final HttpServerRequest incoming;
    private final SubscribableTypes types;

    WebhookResource(
            WebhookService webhooks,
            ConfirmedAnswers answers,
            Caller caller,
            WebhookRecovery recovery,
            WebhookFigures figures,
            WebhookDeliveries deliveries,
            HttpServerRequest incoming,
            SubscribableTypes types) {
        this.webhooks = webhooks;
        this.types = types;
        this.recovery = recovery;
        this.figures = figures;
        this.deliveries = deliveries;
        this.incoming = incoming;
        this.answers = answers;
        this.caller = caller;
    }

    @POST
    @Idempotent
    @Operation(
            summary = "Create a webhook",
            description =
                    "Answers when its registration is on the topic: events accepted a second later are delivered to"
                            + " it. The secret is shown in this answer and never again.")
    @APIResponse(
            responseCode = "201",
            description = "Created and published.",
            content = @Content(schema = @Schema(implementation = WebhookView.class)))
    @APIResponse(
            responseCode = "202",
            description = "Created; it gets events once its registration is on the topic.",
            content = @Content(schema = @Schema(implementation = WebhookView.class)))
    public RestResponse<WebhookView> create(@NotNull @Valid WebhookRequest request) {
        Publication<WebhookView> created = webhooks.create(caller.tenantId(), request);
        return answers.created(PATH, created);
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            summary = "List webhooks",
            description =
                    "In order of creation, with a summary of all of them. What became of deliveries is left out, and"
                            + " `figures` says so, if delivery-service does not tell it within a second.")
    public WebhookPage list(
            @Parameter(
                            description = "Only those that get deliveries, or only those that do not.",
                            schema = @Schema(enumeration = {"active", "inactive"}))
                    @QueryParam("status")
                    @Nullable
                    String status,
            @Parameter(
                            description =
                                    "The name of an event type: only those that get its events, whether they subscribed to"
                                            + " that name, an alias of it or a pattern.",
                            example = "product.created")
                    @QueryParam("event")
                    @Nullable
                    String event,
            @Parameter(description = "Only those of this subscriber.", example = "sub_0192f0c4a1b27c3d8e4f5a6b7c8d9e0f")
                    @QueryParam("subscriber_id")
                    @Nullable
                    String subscriberId,
            @Parameter(
                            description = "Only those whose name, description or url contains this, in any case.",
                            example = "orders")
                    @QueryParam("text")
                    @Nullable
                    String text,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @BeanParam PageQuery query) {
        WebhookList list = webhooks.list(
                caller.tenantId(), WebhookFilter.of(status, event, subscriberId, text, types.names()), query);
        return figures.of(list, credentials(authorization));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Show a webhook", description = "Without its secret, and with masked header values and auth.")
    @APIResponse(
            responseCode = "200",
            description = "The webhook.",
            content = @Content(schema = @Schema(implementation = WebhookWithFigures.class)))
    public RestResponse<WebhookWithFigures> get(
            @PathParam("id") String id, @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
        return Answers.ok(figures.of(webhooks.get(caller.tenantId(), id), credentials(authorization)));
    }

    @GET
    @Path("/{id}/deliveries")
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            summary = "List a webhook's deliveries",
            description =
                    "Newest event first; the first page says how many there are and how they stand. Each is shown whole under"
                            + " `/deliveries/{id}`.")
    @APIResponse(responseCode = "200", description = "A page of deliveries, as `/deliveries` has them.")
    @APIResponse(responseCode = "503", description = "delivery-service does not answer; deliveries go on.")
    public Response deliveries(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @BeanParam DeliveryListQuery filter,
            @BeanParam PageQuery page,
            @Context UriInfo uri) {
        return deliveries.deliveries(caller.tenantId(), id, filter, page, credentials(authorization), uri);
    }

    @GET
    @Path("/{id}/logs")
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            summary = "Show a webhook's log",
            description =
                    "Its deliveries with payload and last response, newest event first; the first page has a summary:"
                            + " `successful`, `failed`, `pending_retry`.")
    @APIResponse(responseCode = "200", description = "A page of log entries, as `/deliveries/logs` has them.")
    @APIResponse(responseCode = "503", description = "delivery-service does not answer; deliveries go on.")
    public Response logs(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @BeanParam DeliveryListQuery filter,
            @BeanParam PageQuery page,
            @Context UriInfo uri) {
        return deliveries.logs(caller.tenantId(), id, filter, page, credentials(authorization), uri);
    }

    @GET
    @Path("/{id}/stats")
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            summary = "Show a webhook's statistics",
            description =
                    "A summary, by event type, as a series by hour, day, week or month, and errors with their shares.")
    @APIResponse(responseCode = "200", description = "The statistics, as `/deliveries/stats` has them.")
    @APIResponse(responseCode = "503", description = "delivery-service does not answer; deliveries go on.")
    public Response stats(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @BeanParam StatisticsQuery query) {
        return deliveries.stats(caller.tenantId(), id, query, credentials(authorization));
    }

    @POST
    @Path("/{id}/test")
    @Operation(
            summary = "Try a webhook",
            description =
                    "Sends a sample now, as a delivery would be sent and with `X-Webhook-Test: true`, and answers with what came"
                            + " of it. It is not kept, not repeated, and does not count against the webhook, which may be disabled.")
    @APIResponse(responseCode = "200", description = "`test_result`: it was sent, or could not be.")
    @APIResponse(responseCode = "429", description = "Too many are under way.")
    @APIResponse(responseCode = "503", description = "delivery-service does not answer; it may have been sent.")
    public Response test(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @OptionalBody @Valid @Nullable TestRequest request) {
        TestRequest asked = request == null ? TestRequest.DEFAULT : request;
        return deliveries.test(caller.tenantId(), id, asked, credentials(authorization));
    }

    @PUT
    @Path("/{id}")
    @Operation(
            summary = "Replace a webhook",
            description = "Everything but its secret, and what is sent back as `***`. Honours If-Match.")
    @APIResponse(
            responseCode = "200",
            description = "Replaced and published.",
            content = @Content(schema = @Schema(implementation = WebhookView.class)))
    @APIResponse(responseCode = "202", description = "Replaced; it is published later.")
    public RestResponse<WebhookView> replace(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @NotNull @Valid WebhookRequest request) {
        return answers.changed(webhooks.replace(caller.tenantId(), id, ifMatch, request));
    }

    @PATCH
    @Path("/{id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(summary = "Change a webhook", description = "A JSON merge patch (RFC 7396). Honours If-Match.")
    @APIResponse(
            responseCode = "200",
            description = "Changed and published.",
            content = @Content(schema = @Schema(implementation = WebhookView.class)))
    @APIResponse(responseCode = "202", description = "Changed; it is published later.")
    public RestResponse<WebhookView> patch(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = WebhookRequest.class))) JsonNode patch) {
        return answers.changed(webhooks.patch(caller.tenantId(), id, ifMatch, patch));
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Delete a webhook", description = "It gets nothing more. Honours If-Match.")
    @APIResponse(responseCode = "204", description = "Deleted and its registration withdrawn.")
    @APIResponse(responseCode = "202", description = "Deleted; its registration is withdrawn later.")
    public RestResponse<Void> delete(
            @PathParam("id") String id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return answers.deleted(webhooks.delete(caller.tenantId(), id, ifMatch));
    }

    @POST
    @Path("/{id}/enable")
    @Operation(summary = "Enable a webhook", description = "It gets what happens from now on. Honours If-Match.")
    @APIResponse(
            responseCode = "200",
            description = "Enabled and published.",
            content = @Content(schema = @Schema(implementation = WebhookView.class)))
    @APIResponse(
            responseCode = "202",
            description = "Enabled; it is published later.",
            content = @Content(schema = @Schema(implementation = WebhookView.class)))
    public RestResponse<WebhookView> enable(
            @PathParam("id") String id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return answers.changed(webhooks.setActive(caller.tenantId(), id, ifMatch, true));
    }

    @POST
    @Path("/{id}/disable")
    @Operation(summary = "Disable a webhook", description = "It gets nothing until it is enabled. Honours If-Match.")
    @APIResponse(
            responseCode = "200",
            description = "Disabled and published.",
            content = @Content(schema = @Schema(implementation = WebhookView.class)))
    @APIResponse(
            responseCode = "202",
            description = "Disabled; it is published later.",
            content = @Content(schema = @Schema(implementation = WebhookView.class)))
    public RestResponse<WebhookView> disable(
            @PathParam("id") String id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return answers.changed(webhooks.setActive(caller.tenantId(), id, ifMatch, false));
    }

    @POST
    @Path("/{id}/rotate-secret")
    @Operation(
            summary = "Replace a webhook's secret",
            description =
                    "For a day, or as long as asked, deliveries are signed with the old secret as well, and with the old"
                            + " key pair if there is one. The new secret is shown in this answer and never again. Honours If-Match.")
    @APIResponse(
            responseCode = "200",
            description = "Replaced and published.",
            content = @Content(schema = @Schema(implementation = WebhookView.class)))
    @APIResponse(
            responseCode = "202",
            description = "Replaced; it is published later.",
            content = @Content(schema = @Schema(implementation = WebhookView.class)))
    public RestResponse<WebhookView> rotateSecret(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @OptionalBody @Valid @Nullable RotateSecretRequest request) {
        RotateSecretRequest asked = request == null ? RotateSecretRequest.DEFAULT : request;
        return answers.changed(webhooks.rotateSecret(caller.tenantId(), id, ifMatch, asked));
    }

    @POST
    @Path("/{id}/recover")
    @Operation(
            summary = "Deliver what a webhook missed",
            description =
                    "Every delivery that was held or given up since the given time is sent once more, at a bounded rate, as a"
                            + " job. The webhook has to be enabled; the time at which it was disabled is in its `disabled_at`.")
    @APIResponse(responseCode = "202", description = "Begun: the job, to be followed under `/deliveries/jobs/{id}`.")
    @APIResponse(responseCode = "200", description = "With `dry_run`: how many there are.")
    @APIResponse(responseCode = "409", description = "The webhook is disabled.")
    @APIResponse(responseCode = "503", description = "delivery-service does not answer; nothing was begun.")
    public RestResponse<JsonNode> recover(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @NotNull @Valid RecoverRequest request) {
        Credentials credentials = credentials(authorization);
        return recovery.recover(caller.tenantId(), id, request, credentials.authorization(), credentials.address());
    }

    @POST
    @Path("/{id}/breaker/reset")
    @Operation(
            summary = "Close a webhook's circuit",
            description =
                    "What waits for it is attempted when its time comes, as if nothing had failed. Honours If-Match.")
    @APIResponse(
            responseCode = "200",
            description = "Closed and published.",
            content = @Content(schema = @Schema(implementation = WebhookView.class)))
    @APIResponse(
            responseCode = "202",
            description = "Closed; it is published later.",
            content = @Content(schema = @Schema(implementation = WebhookView.class)))
    public RestResponse<WebhookView> resetBreaker(
            @PathParam("id") String id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return answers.changed(webhooks.resetBreaker(caller.tenantId(), id, ifMatch));
    }

    private Credentials credentials(String authorization) {
        return new Credentials(authorization, incoming.remoteAddress().hostAddress());
    }
}
