package io.stockhook.events.template;

/**
 * What a template may not have, looked for before it is compiled: each could make compiling or rendering unbounded, or reach for what is not
 * the event.
 */
final class TemplateRules {

    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    private TemplateRules() {}

    /** @throws InvalidTemplateException naming the line of the fault */
    static void check(String text) {
        if (text.isBlank() || text.length() > BodyTemplate.MAX_LENGTH) {
            throw new InvalidTemplateException(
                    "Must have 1 to %d characters.".formatted(BodyTemplate.MAX_LENGTH), null);
        }
        int depth = 0;
        int line = 1;
        int at = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, open + OPEN.length())) {
            line += countLines(text, at, open);
            at = open;
            if (text.indexOf(CLOSE, open) < 0) {
                throw refused("Has a tag that is not closed", line);
            }
            switch (sigil(text, open + OPEN.length())) {
                case '#', '^' -> depth++;
                case '/' -> depth--;
                case '}' -> throw refused("Has a tag without a name", line);
                case '=' -> throw refused("Changes the delimiters, which are always {{ and }}", line);
                case '>', '<', '$' -> throw refused("Includes another template; a template stands alone", line);
                default -> {}
            }
            if (depth > BodyTemplate.MAX_DEPTH) {
                throw refused("Nests sections deeper than " + BodyTemplate.MAX_DEPTH, line);
            }
        }
    }

    /** The first character of a tag that is no space; a blank if the text ends before it. */
    private static char sigil(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : ' ';
    }

    private static int countLines(String text, int from, int to) {
        return (int) text.substring(from, to).chars().filter(c -> c == '\n').count();
    }

    private static InvalidTemplateException refused(String what, int line) {
        return new InvalidTemplateException("%s (line %d).".formatted(what, line), null);
    }
}
