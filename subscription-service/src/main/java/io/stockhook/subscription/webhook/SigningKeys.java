package io.stockhook.subscription.webhook;

import java.util.List;

/**
 * What a webhook's deliveries are signed with.
 *
 * @param headerPrefix what the header of the classic signature begins with
 * @param secrets in clear, newest first
 * @param publicKeys {@code whpk_...}, those of the private keys
 */
public record SigningKeys(String headerPrefix, List<String> secrets, List<String> publicKeys) {

    /** Without the secrets, which no log is to hold. */
    @Override
    public String toString() {
        return "SigningKeys[secrets=%d, publicKeys=%s]".formatted(secrets.size(), publicKeys);
    }
}
