package io.stockhook.delivery.confirmation;

import io.stockhook.events.MalformedRecordException;
import io.stockhook.events.SecretBox;
import io.stockhook.events.delivery.ConfirmationGrant;
import java.util.Optional;

/**
 * Tokens with which an endpoint confirms a delivery: all that is needed to take a confirmation, sealed, so that any instance can take it and
 * none has to remember what it gave out. Thread-safe.
 */
public final class ConfirmationTokens {

    private final SecretBox box;

    /** @param box whose keys every instance has */
    public ConfirmationTokens(SecretBox box) {
        this.box = box;
    }

    /** The token for what is granted: printable ASCII, some 500 characters. */
    public String seal(ConfirmationGrant grant) {
        return box.encrypt(grant.toBytes(), owner(grant.deliveryId()));
    }

    /** What a token grants of a delivery; empty if it is none of ours, was altered, or is another delivery's. */
    Optional<ConfirmationGrant> open(String token, String deliveryId) {
        try {
            ConfirmationGrant grant = ConfirmationGrant.read(box.decrypt(token, owner(deliveryId)));
            return grant.deliveryId().equals(deliveryId) ? Optional.of(grant) : Optional.empty();
        } catch (SecretBox.SecretUnreadableException | MalformedRecordException e) {
            return Optional.empty();
        }
    }

    /** No other secret is bound to such an owner, so that none can pass for a token. */
    private static String owner(String deliveryId) {
        return "confirmation:" + deliveryId;
    }
}
