package io.stockhook.receiver.event;

import io.stockhook.web.auth.Caller;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.edge.RequestTrace;
import io.stockhook.web.idempotency.Idempotent;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Events that tenants publish. */
@Path("/api/v1/events")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Events", description = "Events that you publish; they are delivered like those of the inventory.")
public class EventResource {

    private final PublishRequestReader reader = new PublishRequestReader(Clock.systemUTC());
    private final EventIntake intake;
    private final PublishAnswers answers;
    private final Caller caller;
    private final RequestTrace trace;

    EventResource(EventIntake intake, PublishAnswers answers, Caller caller, RequestTrace trace) {
        this.intake = intake;
        this.answers = answers;
        this.caller = caller;
        this.trace = trace;
    }

    /** Takes the raw body and no bound type: the data must reach the subscribers byte for byte. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.PUBLISHER)
    @Operation(operationId = "publishEvents", summary = "Publish one event or many", description = """
                    Send an event, an array of up to 1000, or `{"events": [...]}`; 5 MiB in all. The answer comes once the \
                    events are durable. Give each an `id` of your own and repeat the request as often as you like: for 24 \
                    hours an id is one event, answered like the first time; another event under it is a conflict. With an \
                    `Idempotency-Key` the same holds for events without an `id` of their own. In a batch \
                    each event is taken or refused by itself, and the answer says which.""")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            requiredProperties = {"type", "data"},
                                            properties = {
                                                @SchemaProperty(
                                                        name = "id",
                                                        type = SchemaType.STRING,
                                                        maxLength = 128,
                                                        description =
                                                                "Yours, 1 to 128 visible ASCII characters; given if left out.",
                                                        example = "order-4711-placed"),
                                                @SchemaProperty(
                                                        name = "type",
                                                        type = SchemaType.STRING,
                                                        maxLength = 128,
                                                        description =
                                                                "The event type: lower-case segments between dots.",
                                                        example = "order.placed"),
                                                @SchemaProperty(
                                                        name = "source",
                                                        type = SchemaType.STRING,
                                                        description =
                                                                "URI reference of what it comes from; `/events` if left out.",
                                                        example = "/shop/checkout"),
                                                @SchemaProperty(
                                                        name = "subject",
                                                        type = SchemaType.STRING,
                                                        maxLength = 256,
                                                        description =
                                                                "What it is about. Events of one subject keep their order.",
                                                        example = "order-4711"),
                                                @SchemaProperty(
                                                        name = "time",
                                                        type = SchemaType.STRING,
                                                        format = "date-time",
                                                        description =
                                                                "When it happened, kept to the microsecond; now if left out.",
                                                        example = "2026-01-31T12:00:00Z"),
                                                @SchemaProperty(
                                                        name = "data",
                                                        type = SchemaType.OBJECT,
                                                        description =
                                                                "Any JSON object up to 256 KiB, passed on byte for byte.",
                                                        example = "{\"order_id\": 4711, \"amount\": 99.90}"),
                                                @SchemaProperty(
                                                        name = "data_schema",
                                                        type = SchemaType.STRING,
                                                        format = "uri",
                                                        description = "Absolute URI of the data's schema.",
                                                        example = "https://shop.example/schemas/order-placed/1"),
                                                @SchemaProperty(
                                                        name = "deliver_at",
                                                        type = SchemaType.STRING,
                                                        format = "date-time",
                                                        description =
                                                                "When it is delivered, at most 30 days ahead; at once if left out or past. It goes to the webhooks that there are when it is published.",
                                                        example = "2026-02-01T08:00:00Z")
                                            }),
                            examples = {
                                @ExampleObject(
                                        name = "one",
                                        value =
                                                "{\"id\": \"order-4711-placed\", \"type\": \"order.placed\", \"subject\": \"order-4711\", \"data\": {\"order_id\": 4711, \"amount\": 99.90}}"),
                                @ExampleObject(
                                        name = "many",
                                        value =
                                                "{\"events\": [{\"type\": \"order.placed\", \"data\": {\"order_id\": 4711}}, {\"type\": \"order.paid\", \"data\": {\"order_id\": 4711}}]}")
                            }))
    @APIResponse(
            responseCode = "202",
            description = "Durable. For a batch: what became of each event.",
            content = @Content(schema = @Schema(oneOf = {PublishAnswer.Result.class, PublishAnswer.class})))
    @APIResponse(
            responseCode = "400",
            description = "Not JSON, or no event of it can be taken; `errors` names the fields.")
    @APIResponse(responseCode = "409", description = "The id belongs to another event.")
    @APIResponse(
            responseCode = "413",
            description = "Too many events, too long a body, or too long data; nothing is taken.")
    @APIResponse(
            responseCode = "503",
            description =
                    "The event log is away. `results` says what is confirmed; send the rest again under the same ids.")
    public Response publish(
            @HeaderParam(Idempotent.HEADER)
                    @Parameter(
                            description =
                                    "Gives the events that have no `id` one each by the key and their place, so that the"
                                            + " request can be repeated as if they had.",
                            example = "checkout-4711")
                    @Nullable
                    String idempotencyKey,
            byte[] body) {
        PublishRequest request = reader.read(body);
        if (idempotencyKey != null) {
            request = KeyedIds.in(request, idempotencyKey);
        }
        List<NewEvent> events = new ArrayList<>(request.submissions().size());
        for (Submission submission : request.submissions()) {
            if (submission instanceof Submission.Valid valid) {
                events.add(valid.event());
            }
        }
        List<Outcome> outcomes =
                events.isEmpty() ? List.of() : intake.accept(caller.tenantId(), trace.traceparent(), events);
        return answers.answer(request, outcomes);
    }
}
