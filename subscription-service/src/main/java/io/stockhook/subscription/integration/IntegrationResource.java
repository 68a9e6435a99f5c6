package io.stockhook.subscription.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhook.subscription.publication.ConfirmedAnswers;
import io.stockhook.web.auth.Caller;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.etag.Answers;
import io.stockhook.web.problem.OptionalBody;
import io.stockhook.web.problem.Problems;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/integrations}: third-party services that a tenant's events go to. */
@Path(IntegrationResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(
        name = "Integrations",
        description = "Third-party services that events go to, each through webhooks that are kept.")
@RolesAllowed(Roles.EDITOR)
public class IntegrationResource {

    static final String PATH = "/api/v1/integrations";

    private static final String SLACK = """
            {
              "webhook_url": "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
              "channel": "#orders",
              "notifications": {"order.created": true, "order.updated": true, "inventory.low_stock": false},
              "message_template": "New order {{order_id}} for ${{amount}} has been {{status}}"
            }""";
    private static final String TEAMS = """
            {
              "webhook_url": "https://prod-00.westeurope.logic.azure.com/workflows/abc/triggers/manual/paths/invoke?sig=xyz",
              "title": "Order {{order_id}}",
              "notifications": {"order.*": true},
              "message_template": "It has been {{status}}."
            }""";
    private static final String DISCORD = """
            {
              "webhook_url": "https://discord.com/api/webhooks/1234567890/abcdef",
              "username": "Shop",
              "notifications": {"product.created": true},
              "message_template": "**{{name}}** is here, for {{price}} {{currency}}"
            }""";
    private static final String PAGERDUTY = """
            {
              "routing_key": "0123456789abcdef0123456789abcdef",
              "severity": "warning",
              "notifications": {
                "product.out_of_stock": {"message_template": "{{name}} is out of stock"},
                "product.back_in_stock": {"event_action": "resolve"}
              }
            }""";
    private static final String ZAPIER = """
            {
              "webhook_url": "https://hooks.zapier.com/hooks/catch/123456/abcdef/",
              "notifications": {"*": true}
            }""";
    private static final String MAILCHIMP = """
            {
              "api_key": "0123456789abcdef0123456789abcdef-us6",
              "list_id": "a1b2c3d4e5",
              "email": "{{customer.email}}",
              "first_name": "{{customer.name}}",
              "notifications": {"order.created": true, "customer.deleted": {"status": "unsubscribed", "email": "{{email}}"}}
            }""";

    private final IntegrationService integrations;
    private final IntegrationTrials trials;
    private final IntegrationActivity activity;
    private final ConfirmedAnswers answers;
    private final Caller caller;
    private final HttpServerRequest incoming;

    IntegrationResource(
            IntegrationService integrations,
            IntegrationTrials trials,
            IntegrationActivity activity,
            ConfirmedAnswers answers,
            Caller caller,
            HttpServerRequest incoming) {
        this.integrations = integrations;
        this.trials = trials;
        this.activity = activity;
        this.answers = answers;
        this.caller = caller;
        this.incoming = incoming;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            summary = "List integrations",
            description = "All that there are, configured or not, with the fields that a form is drawn from, their"
                    + " categories and how many are configured.")
    public IntegrationPage list() {
        return integrations.list(caller.tenantId());
    }

    @GET
    @Path("/categories")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "List categories of integrations", description = "With how many integrations each has.")
    public List<CategoryView> categories() {
        return integrations.categories();
    }

    @GET
    @Path("/{name}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Show an integration", description = "With what is configured, secrets as `***`.")
    @APIResponse(
            responseCode = "200",
            description = "The integration.",
            content = @Content(schema = @Schema(implementation = IntegrationView.class)))
    public RestResponse<IntegrationView> get(@PathParam("name") String name) {
        return Answers.ok(integrations.get(caller.tenantId(), name));
    }

    @POST
    @Path("/{name}/configure")
    @Operation(
            summary = "Configure an integration",
            description =
                    "Replaces what was configured; secrets that are left out or sent back as `***` stay. Its webhooks are kept"
                            + " to it: one, and another for each event type with a message of its own. Answers when they are on"
                            + " the topic. Honours If-Match.")
    @APIResponse(
            responseCode = "200",
            description = "Configured and published.",
            content = @Content(schema = @Schema(implementation = IntegrationView.class)))
    @APIResponse(
            responseCode = "202",
            description = "Configured; it is published later.",
            content = @Content(schema = @Schema(implementation = IntegrationView.class)))
    public RestResponse<IntegrationView> configure(
            @PathParam("name") String name,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @RequestBody(
                            description = "The provider's `config_fields` by their names, and `notifications`,"
                                    + " `message_template` and `is_active`.",
                            content =
                                    @Content(
                                            schema =
                                                    @Schema(
                                                            type = SchemaType.OBJECT,
                                                            implementation = Object.class,
                                                            examples = SLACK),
                                            examples = {
                                                @ExampleObject(name = "slack", value = SLACK),
                                                @ExampleObject(name = "teams", value = TEAMS),
                                                @ExampleObject(name = "discord", value = DISCORD),
                                                @ExampleObject(name = "pagerduty", value = PAGERDUTY),
                                                @ExampleObject(name = "zapier", value = ZAPIER),
                                                @ExampleObject(name = "mailchimp", value = MAILCHIMP)
                                            }))
                    JsonNode request) {
        if (!(request instanceof ObjectNode fields)) {
            throw Problems.badRequest("The configuration must be a JSON object with the integration's fields.");
        }
        return answers.changed(integrations.configure(caller.tenantId(), name, ifMatch, fields));
    }

    @POST
    @Path("/{name}/preview")
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            summary = "Show what an integration would send",
            description =
                    "Of the given event or an example, by what is configured or by the given configuration, whole or"
                            + " not. Nothing is kept or sent.")
    public PreviewView preview(@PathParam("name") String name, @OptionalBody @Valid @Nullable SampleRequest request) {
        return trials.preview(caller.tenantId(), name, request == null ? SampleRequest.DEFAULT : request);
    }

    @POST
    @Path("/{name}/test")
    @Operation(
            summary = "Try an integration",
            description = "Sends the given event or an example now, as a delivery would be, and answers with what the"
                    + " provider said and what it means. It is not kept, not repeated, and does not count against the"
                    + " integration.")
    @APIResponse(
            responseCode = "200",
            description = "It was sent, or could not be; see `status` and `message`.",
            content = @Content(schema = @Schema(implementation = TestView.class)))
    @APIResponse(responseCode = "409", description = "The integration is not configured.")
    @APIResponse(responseCode = "503", description = "delivery-service does not answer; nothing was sent.")
    public TestView test(
            @PathParam("name") String name,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @OptionalBody @Valid @Nullable SampleRequest request) {
        return trials.test(
                caller.tenantId(), name, request == null ? SampleRequest.DEFAULT : request, credentials(authorization));
    }

    @GET
    @Path("/{name}/status")
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            summary = "Show how an integration stands",
            description = "With figures and the newest deliveries, as far as delivery-service tells them in time.")
    public ActivityView status(
            @PathParam("name") String name, @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
        return activity.of(caller.tenantId(), name, credentials(authorization));
    }

    @DELETE
    @Path("/{name}")
    @Operation(
            summary = "Take an integration away",
            description = "With its webhooks and its secrets. It can be configured again. Honours If-Match.")
    @APIResponse(responseCode = "204", description = "Taken away, and its webhooks' registrations withdrawn.")
    @APIResponse(responseCode = "202", description = "Taken away; its webhooks' registrations are withdrawn later.")
    public RestResponse<Void> delete(
            @PathParam("name") String name, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return answers.deleted(integrations.delete(caller.tenantId(), name, ifMatch));
    }

    private Credentials credentials(String authorization) {
        return new Credentials(authorization, incoming.remoteAddress().hostAddress());
    }
}
