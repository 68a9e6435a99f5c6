package io.stockhook.events.template;

import org.jspecify.annotations.Nullable;

/** An event that a template makes no body of. The message holds nothing of the event's data. */
public final class RenderingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RenderingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
