/** The audit trail: who changed what and who was refused, in chains that show what was tampered with. */
@NullMarked
package io.stockhook.subscription.audit;

import org.jspecify.annotations.NullMarked;
