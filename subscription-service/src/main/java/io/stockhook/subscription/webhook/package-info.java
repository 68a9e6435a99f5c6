/** Webhooks: the registrations of endpoints that events are delivered to. */
@NullMarked
package io.stockhook.subscription.webhook;

import org.jspecify.annotations.NullMarked;
