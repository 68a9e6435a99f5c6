package io.stockhook.subscription.integration;

import io.stockhook.web.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The services that there are integrations with. */
@ApplicationScoped
class Providers {

    private final Map<String, Provider> byName = new LinkedHashMap<>();

    Providers(IntegrationConfig config) {
        Stream.of(
                        Slack.of(config),
                        Teams.of(config),
                        Discord.of(config),
                        PagerDuty.of(config),
                        Zapier.of(config),
                        Mailchimp.of(config))
                .forEach(provider -> byName.put(provider.name(), provider));
    }

    /** All of them, in the order in which they are shown. */
    List<Provider> all() {
        return List.copyOf(byName.values());
    }

    /**
     * The one of this name.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 404 if there is none
     */
    Provider require(String name) {
        Provider provider = byName.get(name);
        if (provider == null) {
            throw Problems.notFound("integration", name);
        }
        return provider;
    }
}
