/** The transactional outbox as a bean: written inside a JTA transaction, published by a relay that lives with the service. */
@NullMarked
package io.stockhook.web.outbox;

import org.jspecify.annotations.NullMarked;
