/** Access tokens: API keys exchanged for short-lived JWTs, and the keys that sign them. */
@NullMarked
package io.stockhook.subscription.token;

import org.jspecify.annotations.NullMarked;
