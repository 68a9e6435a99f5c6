/** What follows an attempt: a pure function of the task, its outcome and the policy. */
@NullMarked
package io.stockhook.delivery.retry;

import org.jspecify.annotations.NullMarked;
