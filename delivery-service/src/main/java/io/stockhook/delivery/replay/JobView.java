package io.stockhook.delivery.replay;

import io.stockhook.events.Ids;
import io.stockhook.web.json.EnumNames;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Bulk work as the API shows it. */
@Schema(name = "Job", description = "Bulk work, done a batch at a time at a bounded rate.")
public record JobView(
        @Schema(description = "Its id.", example = "job_0198c5e27b0a7c3f9d2ab41c6f7e8d97")
        String id,

        @Schema(
                description =
                        "`retry` sends deliveries once more, `replay` dead letters; `purge` takes dead letters away.",
                example = "replay")
        String action,

        @Schema(description = "`running`, `done`, `cancelled` or `failed`.", example = "running")
        String status,

        @Schema(description = "How many it was about when it was asked for; counted up to a million.", example = "5000")
        long total,

        @Schema(description = "How many are done.", example = "1200")
        long done,

        @Schema(
                description = "How many were passed over: their event's data is not in the log, or they were sent again"
                        + " meanwhile.",
                example = "3")
        long skipped,

        @Schema(description = "Who asked for it.", example = "key_0198c5e27b0a7c3f9d2ab41c6f7e8d98")
        String requestedBy,

        @Schema(description = "When it was asked for.", example = "2026-01-31T12:00:00Z")
        Instant createdAt,

        @Schema(description = "When its last batch ended.", example = "2026-01-31T12:00:06Z")
        Instant updatedAt,

        @Schema(description = "When it ended; null while it is running.", example = "2026-01-31T12:00:25Z") @Nullable
        Instant finishedAt,

        @Schema(description = "Why it failed; null unless it did.") @Nullable
        String error) {

    static JobView of(Job job) {
        return new JobView(
                Ids.format(Ids.Kind.JOB, job.id()),
                EnumNames.of(job.action()),
                EnumNames.of(job.state()),
                job.total(),
                job.done(),
                job.skipped(),
                job.requestedBy(),
                job.createdAt(),
                job.updatedAt(),
                job.finishedAt(),
                job.error());
    }
}
