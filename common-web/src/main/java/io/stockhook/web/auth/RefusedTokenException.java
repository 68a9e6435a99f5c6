package io.stockhook.web.auth;

import io.smallrye.jwt.auth.principal.ParseException;
import org.jspecify.annotations.Nullable;

/** A bearer token that proves nothing. Its message is for the caller. */
final class RefusedTokenException extends ParseException {

    private static final long serialVersionUID = 1L;

    RefusedTokenException(String why, @Nullable Throwable cause) {
        super(why, cause);
    }
}
