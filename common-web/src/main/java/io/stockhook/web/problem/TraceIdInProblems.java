package io.stockhook.web.problem;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import io.stockhook.web.edge.RequestTrace;
import jakarta.inject.Singleton;

/** Puts the request's trace id into every problem, so that the caller can name it and the log be searched for it. */
@Singleton
class TraceIdInProblems implements ProblemPostProcessor {

    private final RequestTrace trace;

    TraceIdInProblems(RequestTrace trace) {
        this.trace = trace;
    }

    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        return HttpProblem.builder(problem)
                .with("trace_id", trace.current().traceId())
                .build();
    }
}
