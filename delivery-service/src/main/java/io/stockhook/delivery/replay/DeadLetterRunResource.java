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
import jakarta.ws.rs.DELETE;
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

/** Sends the tenant's dead letters once more, or takes them away. */
@Path("/api/v1/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.EDITOR)
@Tag(name = "Dead letters", description = "Deliveries that are not tried any more by themselves.")
public class DeadLetterRunResource {

    private static final Set<Job.Action> ACTIONS = Set.of(Job.Action.REPLAY, Job.Action.PURGE);
    private static final String JOBS = "/api/v1/dead-letters/jobs/";

    private final Runs runs;
    private final Jobs jobs;
    private final BulkAnswers bulk;
    private final Caller caller;
    private final EventTypeFeed types;

    DeadLetterRunResource(Runs runs, Jobs jobs, BulkAnswers bulk, Caller caller, EventTypeFeed types) {
        this.runs = runs;
        this.jobs = jobs;
        this.bulk = bulk;
        this.caller = caller;
        this.types = types;
    }

    @POST
    @Path("/{id}/replay")
    @Consumes(MediaType.APPLICATION_JSON)
    @Idempotent
    @Operation(
            operationId = "replayDeadLetter",
            summary = "Send a dead letter once more",
            description =
                    "Begins a new run of its delivery with the data it holds; the dead letter is gone then, and comes"
                            + " back as another if that run fails as well. The request has the same `webhook-id` unless a new one"
                            + " is asked for, and says `X-Webhook-Replay: true`.")
    @APIResponse(
            responseCode = "202",
            description = "The run is begun.",
            content = @Content(schema = @Schema(implementation = RunView.class)))
    @APIResponse(responseCode = "404", description = "There is no such dead letter.")
    @APIResponse(responseCode = "409", description = "Its delivery has been sent again since.")
    public Response replay(
            @PathParam("id")
                    @Parameter(description = "The dead letter's id.", example = "dead_0198c5e27b0a7c3f9d2ab41c6f7e8d95")
                    String id,
            @OptionalBody @Valid @Nullable ReplayRequest request) {
        return Response.accepted(runs.replay(caller.tenantId(), id, ReplayRequest.hasNewId(request)))
                .build();
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            operationId = "purgeDeadLetter",
            summary = "Take a dead letter away",
            description = "For good; who did so is written down.")
    @APIResponse(responseCode = "204", description = "It is gone.")
    @APIResponse(responseCode = "404", description = "There is no such dead letter.")
    public void purge(
            @PathParam("id")
                    @Parameter(description = "The dead letter's id.", example = "dead_0198c5e27b0a7c3f9d2ab41c6f7e8d95")
                    String id) {
        jobs.purgeOne(caller.tenantId(), id, caller.subject());
    }

    @POST
    @Path("/bulk-replay")
    @Consumes(MediaType.APPLICATION_JSON)
    @Idempotent
    @Operation(
            operationId = "bulkReplayDeadLetters",
            summary = "Send many dead letters once more",
            description =
                    "Begins a job that sends the dead letters for which all that is given holds, at a bounded rate,"
                            + " the oldest first. With `dry_run` it only says how many there are.")
    @APIResponse(
            responseCode = "200",
            description = "A dry run's count.",
            content = @Content(schema = @Schema(implementation = CountView.class)))
    @APIResponse(
            responseCode = "202",
            description = "The job is begun.",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    @APIResponse(responseCode = "409", description = "Too many jobs are running.")
    public Response bulkReplay(@NotNull @Valid DeadLetterSelection request) {
        return bulk.answer(
                Job.Action.REPLAY, request.selection(types.names()), request.newId(), request.dryRun(), JOBS);
    }

    @POST
    @Path("/bulk-purge")
    @Consumes(MediaType.APPLICATION_JSON)
    @Idempotent
    @Operation(
            operationId = "bulkPurgeDeadLetters",
            summary = "Take many dead letters away",
            description =
                    "Begins a job that takes the dead letters away for good for which all that is given holds; who did"
                            + " so, and how many there were, is written down. With `dry_run` it only says how many there are.")
    @APIResponse(
            responseCode = "200",
            description = "A dry run's count.",
            content = @Content(schema = @Schema(implementation = CountView.class)))
    @APIResponse(
            responseCode = "202",
            description = "The job is begun.",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    @APIResponse(responseCode = "409", description = "Too many jobs are running.")
    public Response bulkPurge(@NotNull @Valid DeadLetterSelection request) {
        return bulk.answer(Job.Action.PURGE, request.selection(types.names()), false, request.dryRun(), JOBS);
    }

    @GET
    @Path("/jobs")
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            operationId = "listDeadLetterJobs",
            summary = "List bulk replays and purges",
            description = "The latest first; finished ones for 30 days.")
    @APIResponse(responseCode = "200", description = "A page of jobs.")
    public Page<JobView> jobs(@BeanParam PageQuery page) {
        return jobs.list(caller.tenantId(), ACTIONS, page);
    }

    @GET
    @Path("/jobs/{id}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "getDeadLetterJob", summary = "Get a bulk replay or purge", description = "How far it is.")
    @APIResponse(responseCode = "200", description = "The job.")
    public JobView job(
            @PathParam("id") @Parameter(description = "The job's id.", example = "job_0198c5e27b0a7c3f9d2ab41c6f7e8d97")
                    String id) {
        return jobs.get(caller.tenantId(), ACTIONS, id);
    }

    @POST
    @Path("/jobs/{id}/cancel")
    @Operation(
            operationId = "cancelDeadLetterJob",
            summary = "Stop a bulk replay or purge",
            description = "After the batch that is under way. What it has begun goes on.")
    @APIResponse(responseCode = "200", description = "The job, stopped.")
    @APIResponse(responseCode = "409", description = "It has ended already.")
    public JobView cancelJob(
            @PathParam("id") @Parameter(description = "The job's id.", example = "job_0198c5e27b0a7c3f9d2ab41c6f7e8d97")
                    String id) {
        return jobs.cancel(caller.tenantId(), ACTIONS, id);
    }
}
