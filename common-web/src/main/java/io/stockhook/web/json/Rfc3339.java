package io.stockhook.web.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/**
 * Times as RFC 3339 has them, section 5.6: with date, time and offset, of the years 0000 to 9999. The JDK's own reader of ISO 8601
 * takes longer years and offsets as well, which nothing behind it could write again.
 */
public final class Rfc3339 {

    private static final Pattern SHAPE =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Rfc3339() {}

    /**
     * The moment that the text names.
     *
     * @throws DateTimeException if it names none, or one that in UTC is beyond the years 0000 to 9999
     */
    public static Instant parse(String text) {
        if (!SHAPE.matcher(text).matches()) {
            throw new DateTimeParseException("not RFC 3339", text, 0);
        }
        Instant moment = OffsetDateTime.parse(text).toInstant();
        if (moment.isBefore(EARLIEST) || moment.isAfter(LATEST)) {
            throw new DateTimeException("beyond the years 0000 to 9999 in UTC");
        }
        return moment;
    }
}
