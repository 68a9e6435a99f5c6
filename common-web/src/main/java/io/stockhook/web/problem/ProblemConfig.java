package io.stockhook.web.problem;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where problems are described. */
@ConfigMapping(prefix = "stockhook.problems")
public interface ProblemConfig {

    /** What the `type` of a problem begins with; its name follows. Every service has the page of the default. */
    @WithDefault("/docs/problems#")
    String typeBase();
}
