package io.stockhook.events;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** Regular expressions that strangers wrote: RE2, so that looking for one takes linear time, and without what the library itself cannot bear. */
public final class Expressions {

    /** An inline flag that takes any case, alone or among others. */
    private static final Pattern ANY_CASE = Pattern.compile("\\(\\?[a-zA-Z-]*i");
    /** The end of the Cyrillic blocks that every case folding knows. */
    private static final char LAST_FOLDED = '\u052F';

    private Expressions() {}

    /** An expression that is not compiled; the message says why, and what would be right. */
    public static final class InvalidExpressionException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        InvalidExpressionException(String reason) {
            super(reason);
            this.reason = reason;
        }

        /** What is wrong, fit to be shown to the caller. */
        public String reason() {
            return reason;
        }
    }

    /** @throws InvalidExpressionException if it is none that may be used */
    public static Pattern compile(String text) throws InvalidExpressionException {
        refuseEndlessFolding(text);
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new InvalidExpressionException(
                    "Must be a regular expression of RE2, without look-around and back references: %s."
                            .formatted(e.getDescription()));
        }
    }

    /**
     * The library looks for all cases of a character by folding it until it comes back to where it began. Nine letters (U+1C80 to U+1C88) never
     * do, and it would look for ever; so does a range that holds them. What is below all of them is safe.
     */
    private static void refuseEndlessFolding(String text) throws InvalidExpressionException {
        boolean hasFarCharacter = text.chars().anyMatch(character -> character > LAST_FOLDED) || text.contains("\\x");
        if (hasFarCharacter && ANY_CASE.matcher(text).find()) {
            throw new InvalidExpressionException(
                    "With (?i) it must have Latin, Greek and Cyrillic letters only, and no \\x escapes.");
        }
    }
}
