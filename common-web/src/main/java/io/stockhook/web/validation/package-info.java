/** Constraints that several APIs have. */
@NullMarked
package io.stockhook.web.validation;

import org.jspecify.annotations.NullMarked;
