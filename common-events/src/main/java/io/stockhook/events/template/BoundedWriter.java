package io.stockhook.events.template;

import java.io.Writer;
import org.jspecify.annotations.Nullable;

/** Keeps what is written, and refuses to keep more than it may. */
final class BoundedWriter extends Writer {

    private final StringBuilder written = new StringBuilder();
    private final int maxChars;

    BoundedWriter(int maxChars) {
        this.maxChars = maxChars;
    }

    /** @throws RenderingException if that is more than it may keep */
    @Override
    public void write(char[] chars, int offset, int length) {
        requireRoom(length);
        written.append(chars, offset, length);
    }

    @Override
    public void write(String text, int offset, int length) {
        requireRoom(length);
        written.append(text, offset, offset + length);
    }

    @Override
    public void flush() {
        // all of it is in memory
    }

    @Override
    public void close() {
        // all of it is in memory
    }

    @Override
    public String toString() {
        return written.toString();
    }

    static RenderingException tooLong(int max, @Nullable Throwable cause) {
        return new RenderingException("the body is longer than %d bytes".formatted(max), cause);
    }

    private void requireRoom(int length) {
        if (length > maxChars - written.length()) {
            throw tooLong(maxChars, null);
        }
    }
}
