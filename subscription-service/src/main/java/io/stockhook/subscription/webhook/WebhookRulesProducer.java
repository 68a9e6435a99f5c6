package io.stockhook.subscription.webhook;

import io.stockhook.events.address.AddressPolicy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** Makes the rules from the configuration. */
class WebhookRulesProducer {

    @Produces
    @Singleton
    WebhookRules rules(AddressConfig config) {
        return new WebhookRules(new AddressPolicy(config.allowedRanges().orElse(List.of())));
    }
}
