package io.stockhook.subscription.integration;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the text that a person wrote, with {@code {{field}}} for what an event has, into one that can stand in a JSON text of a body's
 * template. {@code {{{field}}}} means the same there: what it would leave out is the escaping that the JSON needs. Pure.
 */
final class MessageText {

    private static final Pattern UNESCAPED =
            Pattern.compile("\\{\\{\\{\\s*([^{}]*?)\\s*}}}|\\{\\{\\s*&\\s*([^{}]*?)\\s*}}");

    private MessageText() {}

    /** The text as a value for {@link BodyJson}, which escapes what is not a tag. */
    static String of(String written) {
        return UNESCAPED
                .matcher(written)
                .replaceAll(tag ->
                        Matcher.quoteReplacement("{{" + (tag.group(1) == null ? tag.group(2) : tag.group(1)) + "}}"));
    }
}
