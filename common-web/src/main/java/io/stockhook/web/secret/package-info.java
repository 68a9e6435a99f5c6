/** Secrets at rest: one box, opened with the configured master keys. */
@NullMarked
package io.stockhook.web.secret;

import org.jspecify.annotations.NullMarked;
