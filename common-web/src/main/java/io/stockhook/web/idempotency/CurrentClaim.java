package io.stockhook.web.idempotency;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The key that the current request holds, if it came with one. */
@RequestScoped
class CurrentClaim {

    private Claim.@Nullable Granted granted;

    void set(Claim.Granted claim) {
        granted = claim;
    }

    /** To be called before what is done about the key itself. */
    void forget() {
        granted = null;
    }

    Optional<Claim.Granted> get() {
        return Optional.ofNullable(granted);
    }
}
