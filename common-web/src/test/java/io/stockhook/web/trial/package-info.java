/** A small service that has all that the real ones share, to test it on. */
@NullMarked
package io.stockhook.web.trial;

import org.jspecify.annotations.NullMarked;
