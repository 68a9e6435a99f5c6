package io.stockhook.web.secret;

import io.smallrye.config.ConfigMapping;

/** What secrets at rest are encrypted with. */
@ConfigMapping(prefix = "stockhook.secrets")
public interface SecretsConfig {

    /**
     * The master keys as {@code id:base64} of 32 bytes each, separated by commas. The first encrypts, the others still
     * decrypt; so a new key is put in front and the old one stays until nothing is wrapped with it.
     */
    String masterKeys();
}
