/** Errors as RFC 9457 problem+json, with the field that is to blame. */
@NullMarked
package io.stockhook.web.problem;

import org.jspecify.annotations.NullMarked;
