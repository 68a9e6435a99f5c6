/** Integrations: third-party services that a tenant's events go to, each through webhooks that are kept for it. */
@NullMarked
package io.stockhook.subscription.integration;

import org.jspecify.annotations.NullMarked;
