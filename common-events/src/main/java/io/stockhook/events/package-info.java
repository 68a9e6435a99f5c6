/** What two services must agree on: topics, records, identifiers. */
@NullMarked
package io.stockhook.events;

import org.jspecify.annotations.NullMarked;
