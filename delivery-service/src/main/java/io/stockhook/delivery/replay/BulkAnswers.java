package io.stockhook.delivery.replay;

import io.stockhook.web.auth.Caller;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What a request for bulk work is answered with: a count, or the job that was begun. */
@Singleton
class BulkAnswers {

    private final Jobs jobs;
    private final Caller caller;

    BulkAnswers(Jobs jobs, Caller caller) {
        this.jobs = jobs;
        this.caller = caller;
    }

    /** @param jobsPath what a job's path begins with */
    Response answer(
            Job.Action action,
            Selection selection,
            @Nullable Boolean newId,
            @Nullable Boolean dryRun,
            String jobsPath) {
        String tenantId = caller.tenantId();
        if (Boolean.TRUE.equals(dryRun)) {
            return Response.ok(new CountView(true, jobs.count(tenantId, action, selection)))
                    .build();
        }
        JobView job = jobs.create(tenantId, action, selection, Boolean.TRUE.equals(newId), caller.subject());
        return Response.accepted(job).location(URI.create(jobsPath + job.id())).build();
    }
}
