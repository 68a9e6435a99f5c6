package io.stockhook.subscription.webhook;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook missed, in the terms of delivery-service.
 *
 * @param webhookId whose deliveries
 * @param status in which states they are
 * @param since when they came to be so
 * @param dryRun whether only their number is asked for; null for not
 */
record RecoverySelection(
        String webhookId,
        List<String> status,
        Instant since,
        @Nullable Boolean dryRun) {

    private static final List<String> MISSED = List.of("held", "dead");

    static RecoverySelection of(String webhookId, RecoverRequest request) {
        return new RecoverySelection(webhookId, MISSED, request.since(), request.dryRun());
    }
}
