package io.stockhook.subscription.webhook;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * How deliveries authenticate, as a row has it.
 *
 * @param shown its secrets masked
 * @param encrypted all of it, bound to whom it belongs; empty for {@code none}
 */
public record StoredAuth(WebhookAuth shown, String encrypted) {

    @JsonIgnore
    /** Whether it says that there is to be none. */
    public boolean isNone() {
        return shown.type() == AuthType.NONE;
    }
}
