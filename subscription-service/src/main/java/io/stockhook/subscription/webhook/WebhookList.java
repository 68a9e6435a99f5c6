package io.stockhook.subscription.webhook;

import io.stockhook.web.paging.Page;

/**
 * What the database says of a page of webhooks.
 *
 * @param webhooks how many the tenant has
 * @param active how many of those get deliveries
 */
record WebhookList(Page<WebhookView> page, long webhooks, long active) {}
