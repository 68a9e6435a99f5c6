package io.stockhook.receiver.event;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.stockhook.receiver.event.PublishAnswer.Result;
import io.stockhook.receiver.event.PublishAnswer.Status;
import io.stockhook.web.problem.FieldError;
import io.stockhook.web.problem.Problems;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Turns what became of a request's events into its HTTP answer.
 *
 * <p>A batch is answered with 202 as soon as one of its events was accepted and tells the others apart by item, with 400 or 409
 * if none was, and with 503 if the log was away for any of them, so that a client that only looks at the status repeats it.
 */
@Singleton
class PublishAnswers {

    private static final String RESULTS = "results";
    private static final String ID = "id";
    private static final String CONFLICT = "Another event was published under this id.";
    private static final String UNAVAILABLE =
            "The event log did not acknowledge in time. What is unconfirmed is stored; send it again under the same id.";

    private final Duration retryAfter;

    PublishAnswers(EventConfig config) {
        this.retryAfter = config.retryAfter();
    }

    /**
     * The answer.
     *
     * @param outcomes of the request's valid submissions, in their order
     * @throws HttpProblem if it is one
     */
    Response answer(PublishRequest request, List<Outcome> outcomes) {
        List<Result> results = results(request, outcomes);
        if (results.stream().anyMatch(result -> result.status() == Status.UNCONFIRMED)) {
            throw unavailable(results);
        }
        if (!request.isBatch()) {
            return single(results.get(0));
        }
        if (results.stream().noneMatch(result -> result.status() == Status.ACCEPTED)) {
            throw noneTaken(results);
        }
        return Response.accepted(new PublishAnswer(results)).build();
    }

    private static List<Result> results(PublishRequest request, List<Outcome> outcomes) {
        Iterator<Outcome> next = outcomes.iterator();
        return request.submissions().stream()
                .map(submission ->
                        submission instanceof Submission.Invalid invalid ? Result.of(invalid) : Result.of(next.next()))
                .toList();
    }

    private static Response single(Result result) {
        if (result.errors() != null) {
            throw Problems.badFields(result.errors());
        }
        if (result.status() == Status.CONFLICT) {
            throw Problems.conflict(ID, CONFLICT);
        }
        return Response.accepted(result).build();
    }

    private HttpProblem unavailable(List<Result> results) {
        return Problems.of("unavailable", "Unavailable", Response.Status.SERVICE_UNAVAILABLE)
                .withDetail(UNAVAILABLE)
                .withHeader(HttpHeaders.RETRY_AFTER, Math.max(1, retryAfter.toSeconds()))
                .with(RESULTS, results)
                .build();
    }

    private static HttpProblem noneTaken(List<Result> results) {
        List<FieldError> errors = new ArrayList<>();
        boolean onlyConflicts = true;
        for (int index = 0; index < results.size(); index++) {
            Result result = results.get(index);
            String item = "events[%d]".formatted(index);
            if (result.errors() == null) {
                errors.add(new FieldError(item + '.' + ID, CONFLICT));
            } else {
                onlyConflicts = false;
                for (FieldError error : result.errors()) {
                    errors.add(new FieldError(
                            error.field().isEmpty() ? item : item + '.' + error.field(), error.message()));
                }
            }
        }
        HttpProblem.Builder problem = onlyConflicts
                ? Problems.of("conflict", "Conflict", Response.Status.CONFLICT)
                : Problems.of("invalid-request", "Invalid request", Response.Status.BAD_REQUEST);
        return problem.withDetail("None of the %d events was taken.".formatted(results.size()))
                .with("errors", errors)
                .with(RESULTS, results)
                .build();
    }
}
