/** Who is calling: API keys and JWTs side by side, both behind one bearer header. */
@NullMarked
package io.stockhook.web.auth;

import org.jspecify.annotations.NullMarked;
