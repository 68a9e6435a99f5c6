package io.stockhook.subscription.webhook;

/**
 * How a webhook's deliveries authenticate, as its row has it.
 *
 * @param shown its secrets masked
 * @param encrypted all of it, bound to its webhook
 */
record StoredAuth(WebhookAuth shown, String encrypted) {}
