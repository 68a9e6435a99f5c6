/** What was accepted against what arrived, with the packaged services as processes. */
@NullMarked
package io.stockhook.acceptance;

import org.jspecify.annotations.NullMarked;
