package io.stockhook.delivery.replay;

import io.stockhook.delivery.eventtype.EventTypeFeed;
import io.stockhook.web.auth.Caller;
import io.stockhook.web.auth.Roles;
import io.stockhook.web.idempotency.Idempotent;
import io.stockhook.web.paging.Page;
import io.stockhook.web.paging.PageQuery;
import io.stockhook.web.problem.OptionalBody;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Sends the tenant's deliveries once more, or takes them back. */
@Path("/api/v1/deliveries")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.EDITOR)
@Tag(name = "Deliveries", description = "What was delivered, what was not, and why.")
public class DeliveryRunResource {

    private static final Set<Job.Action> ACTIONS = Set.of(Job.Action.RETRY);

    private final Runs runs;
    private final Jobs jobs;
    private final BulkAnswers bulk;
    private final Caller caller;
    private final EventTypeFeed types;

    DeliveryRunResource(Runs runs, Jobs jobs, BulkAnswers bulk, Caller caller, EventTypeFeed types) {
        this.runs = runs;
        this.jobs = jobs;
        this.bulk = bulk;
        this.caller = caller;
        this.types = types;
    }

    @POST
    @Path("/{id}/retry")
    @Consumes(MediaType.APPLICATION_JSON)
    @Idempotent
    @Operation(
            operationId = "retryDelivery",
            summary = "Send a delivery once more",
            description =
                    "Begins a new run with the event's stored data, whatever has become of the delivery; what still"
                            + " waits of it is dropped. The request has the same `webhook-id` unless a new one is asked for, and"
                            + " says `X-Webhook-Replay: true`.")
    @APIResponse(
            responseCode = "202",
            description = "The run is begun.",
            content = @Content(schema = @Schema(implementation = RunView.class)))
    @APIResponse(responseCode = "404", description = "There is no such delivery.")
    @APIResponse(responseCode = "409", description = "The log does not hold the event's data.")
    public Response retry(
            @PathParam("id")
                    @Parameter(description = "The delivery's id.", example = "dlv_0198c5e27b0a7c3f9d2ab41c6f7e8d90")
                    String id,
            @OptionalBody @Valid @Nullable ReplayRequest request) {
        return Response.accepted(runs.retry(caller.tenantId(), id, ReplayRequest.hasNewId(request)))
                .build();
    }

    @POST
    @Path("/{id}/cancel")
    @Operation(
            operationId = "cancelDelivery",
            summary = "Take a delivery back",
            description =
                    "Nothing of it is attempted any more, however long it has yet to wait. An attempt that is under"
                            + " way is not stopped.")
    @APIResponse(
            responseCode = "202",
            description = "It is cancelled.",
            content = @Content(schema = @Schema(implementation = RunView.class)))
    @APIResponse(responseCode = "404", description = "There is no such delivery.")
    @APIResponse(responseCode = "409", description = "Nothing of it is to come.")
    public Response cancel(
            @PathParam("id")
                    @Parameter(description = "The delivery's id.", example = "dlv_0198c5e27b0a7c3f9d2ab41c6f7e8d90")
                    String id) {
        return Response.accepted(runs.cancel(caller.tenantId(), id)).build();
    }

    @POST
    @Path("/bulk-retry")
    @Consumes(MediaType.APPLICATION_JSON)
    @Idempotent
    @Operation(
            operationId = "bulkRetryDeliveries",
            summary = "Send many deliveries once more",
            description = "Begins a job that sends the deliveries for which all that is given holds, at a bounded rate,"
                    + " the oldest event first. With `dry_run` it only says how many there are.")
    @APIResponse(
            responseCode = "200",
            description = "A dry run's count.",
            content = @Content(schema = @Schema(implementation = CountView.class)))
    @APIResponse(
            responseCode = "202",
            description = "The job is begun.",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    @APIResponse(responseCode = "409", description = "Too many jobs are running.")
    public Response bulkRetry(@NotNull @Valid BulkRetryRequest request) {
        return bulk.answer(
                Job.Action.RETRY,
                request.selection(types.names()),
                request.newId(),
                request.dryRun(),
                "/api/v1/deliveries/jobs/");
    }

    @GET
    @Path("/jobs")
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            operationId = "listRetryJobs",
            summary = "List bulk retries",
            description = "The latest first; finished ones for 30 days.")
    @APIResponse(responseCode = "200", description = "A page of jobs.")
    public Page<JobView> jobs(@BeanParam PageQuery page) {
        return jobs.list(caller.tenantId(), ACTIONS, page);
    }

    @GET
    @Path("/jobs/{id}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "getRetryJob", summary = "Get a bulk retry", description = "How far it is.")
    @APIResponse(responseCode = "200", description = "The job.")
    public JobView job(
            @PathParam("id") @Parameter(description = "The job's id.", example = "job_0198c5e27b0a7c3f9d2ab41c6f7e8d97")
                    String id) {
        return jobs.get(caller.tenantId(), ACTIONS, id);
    }

    @POST
    @Path("/jobs/{id}/cancel")
    @Operation(
            operationId = "cancelRetryJob",
            summary = "Stop a bulk retry",
            description = "After the batch that is under way. What it has begun goes on.")
    @APIResponse(responseCode = "200", description = "The job, stopped.")
    @APIResponse(responseCode = "409", description = "It has ended already.")
    public JobView cancelJob(
            @PathParam("id") @Parameter(description = "The job's id.", example = "job_0198c5e27b0a7c3f9d2ab41c6f7e8d97")
                    String id) {
        return jobs.cancel(caller.tenantId(), ACTIONS, id);
    }
}
