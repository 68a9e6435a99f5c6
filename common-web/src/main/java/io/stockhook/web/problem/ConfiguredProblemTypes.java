package io.stockhook.web.problem;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import jakarta.inject.Singleton;
import java.net.URI;

/** Lets the types of problems begin as is configured. */
@Singleton
class ConfiguredProblemTypes implements ProblemPostProcessor {

    private final String base;

    ConfiguredProblemTypes(ProblemConfig config) {
        this.base = config.typeBase();
    }

    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        String type = problem.getType() == null ? "" : problem.getType().toString();
        if (base.equals(Problems.TYPE_BASE) || !type.startsWith(Problems.TYPE_BASE)) {
            return problem;
        }
        return HttpProblem.builder(problem)
                .withType(URI.create(base + type.substring(Problems.TYPE_BASE.length())))
                .build();
    }
}
