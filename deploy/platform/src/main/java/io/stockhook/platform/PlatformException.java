package io.stockhook.platform;

import org.jspecify.annotations.Nullable;

/**
 * A part of the platform cannot be started or reached. The message is one sentence for the person at the terminal and
 * says where to look further.
 */
public final class PlatformException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PlatformException(String sentence) {
        super(sentence);
    }

    public PlatformException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
