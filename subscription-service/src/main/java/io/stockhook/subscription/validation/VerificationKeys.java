package io.stockhook.subscription.validation;

import java.util.List;

/**
 * What signatures are verified with.
 *
 * @param secrets in clear, newest first
 * @param publicKeys {@code whpk_...}
 * @param headerPrefix what the header of the classic signature begins with
 * @param areTheCallers whether the caller brought the secrets, and so may be shown what they make
 */
record VerificationKeys(List<String> secrets, List<String> publicKeys, String headerPrefix, boolean areTheCallers) {

    /** Without the secrets, which no log is to hold. */
    @Override
    public String toString() {
        return "VerificationKeys[secrets=%d, publicKeys=%s]".formatted(secrets.size(), publicKeys);
    }
}
