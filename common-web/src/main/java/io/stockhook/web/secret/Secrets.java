package io.stockhook.web.secret;

import io.stockhook.events.SecretBox;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the service's {@link SecretBox}. */
@Singleton
class Secrets {

    private final SecretsConfig config;

    Secrets(SecretsConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    SecretBox box() {
        return SecretBox.fromConfig(config.masterKeys());
    }
}
