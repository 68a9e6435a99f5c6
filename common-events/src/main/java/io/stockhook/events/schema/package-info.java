/** JSON Schema 2020-12 of events' data: what tenants may write, what satisfies it, and what a change of it breaks. */
@NullMarked
package io.stockhook.events.schema;

import org.jspecify.annotations.NullMarked;
