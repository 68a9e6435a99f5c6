/** JSON merge patches (RFC 7396), held to the rules of whole requests. */
@NullMarked
package io.stockhook.web.patch;

import org.jspecify.annotations.NullMarked;
