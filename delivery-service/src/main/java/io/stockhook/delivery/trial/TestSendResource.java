package io.stockhook.delivery.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.stockhook.delivery.eventtype.EventTypeFeed;
import io.stockhook.events.EventEnvelope;
import io.stockhook.events.EventTypes;
import io.stockhook.events.Ids;
import io.stockhook.events.Topics;
import io.stockhook.events.delivery.DeliveryTask;
import io.stockhook.web.auth.Caller;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.problem.Problems;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tries a webhook of the tenant. */
@Path("/api/v1/deliveries/test")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.EDITOR)
@Tag(name = "Deliveries", description = "What was delivered, what was not, and why.")
public class TestSendResource {

    private static final String SOURCE = "/deliveries/test";

    private final TestSends tests;
    private final Caller caller;
    private final ObjectMapper json;
    private final EventTypeFeed types;

    TestSendResource(TestSends tests, Caller caller, ObjectMapper json, EventTypeFeed types) {
        this.tests = tests;
        this.caller = caller;
        this.json = json;
        this.types = types;
    }

    @POST
    @Operation(
            operationId = "testSend",
            summary = "Try a webhook with a sample",
            description =
                    "Sends it once, as a delivery would be, with `X-Webhook-Test: true`, and answers with what came of it. It"
                            + " is not kept, not repeated, and does not count against the webhook. `/webhooks/{id}/test` finds a"
                            + " sample by itself.")
    @APIResponse(responseCode = "200", description = "It was sent, or could not be; see `status` and `error`.")
    @APIResponse(responseCode = "404", description = "There is no such webhook.")
    @APIResponse(responseCode = "429", description = "Too many are under way.")
    public Uni<TestSendView> send(@NotNull @Valid TestSendRequest request) {
        DeliveryTask task = task(request);
        return Uni.createFrom()
                .completionStage(() -> tests.send(task, request.version()))
                .map(attempted -> new TestSendView(TestResultView.of(attempted)));
    }

    private DeliveryTask task(TestSendRequest request) {
        if (!Ids.isA(Ids.Kind.WEBHOOK, request.webhookId())) {
            throw Problems.badField("webhook_id", "Must be a webhook's id, wh_ and 32 hex digits.");
        }
        if (!EventTypes.isName(request.event())) {
            throw Problems.badField("event", "Must be the name of an event type, product.updated for example.");
        }
        if (request.payload().isNull()) {
            throw Problems.badField("payload", "Must be the event's data, an object for example.");
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        EventEnvelope event = new EventEnvelope(
                Ids.next(Ids.Kind.EVENT),
                types.names().canonical(request.event()),
                SOURCE,
                request.webhookId(),
                now,
                caller.tenantId(),
                null,
                null,
                null,
                data(request));
        return DeliveryTask.first(event, request.webhookId(), request.event(), now)
                .test();
    }

    private byte[] data(TestSendRequest request) {
        try {
            byte[] data = json.writeValueAsBytes(request.payload());
            if (data.length > Topics.MAX_EVENT_BYTES) {
                throw Problems.tooLarge("payload", "Must be at most %d bytes.".formatted(Topics.MAX_EVENT_BYTES));
            }
            return data;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that was read can be written", e);
        }
    }
}
