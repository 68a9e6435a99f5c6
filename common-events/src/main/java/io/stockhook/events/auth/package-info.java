/** How deliveries authenticate at their endpoints, beside their signature. */
@NullMarked
package io.stockhook.events.auth;

import org.jspecify.annotations.NullMarked;
