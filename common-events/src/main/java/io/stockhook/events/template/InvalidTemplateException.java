package io.stockhook.events.template;

import org.jspecify.annotations.Nullable;

/** A template that does not compile, or never gives JSON; the message says what is wrong, in which line where it is one line's fault. */
public final class InvalidTemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    InvalidTemplateException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
        this.reason = reason;
    }

    /** What is wrong and what would be right, fit to be shown to the caller. */
    public String reason() {
        return reason;
    }
}
