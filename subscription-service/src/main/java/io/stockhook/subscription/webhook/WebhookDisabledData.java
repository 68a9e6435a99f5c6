package io.stockhook.subscription.webhook;

import java.time.Instant;

/**
 * The data of the event {@code webhook.disabled}.
 *
 * @param webhookId {@code wh_...}
 * @param name what its people call it
 * @param url where deliveries went
 * @param code why it was disabled: {@code gone}, {@code consecutive_failures} or {@code head_exhausted}
 * @param reason the same for a person
 * @param failures how many attempts failed without a success between them
 * @param since when the first of them ended
 * @param lastError the error class of the last of them, {@code http_500} or {@code timeout} for example
 * @param disabledAt when it was disabled
 */
record WebhookDisabledData(
        String webhookId,
        String name,
        String url,
        String code,
        String reason,
        int failures,
        Instant since,
        String lastError,
        Instant disabledAt) {}
