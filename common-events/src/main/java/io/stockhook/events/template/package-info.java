/** Templates: the bodies that tenants write for their endpoints. */
@NullMarked
package io.stockhook.events.template;

import org.jspecify.annotations.NullMarked;
