package io.stockhook.events;

import org.jspecify.annotations.Nullable;

/** A record that does not hold what its topic promises: to be set aside with its bytes, never to be tried again. */
public final class MalformedRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong with the record, without its content */
    public MalformedRecordException(String message) {
        this(message, null);
    }

    /** @param message what is wrong with the record, without its content */
    public MalformedRecordException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
