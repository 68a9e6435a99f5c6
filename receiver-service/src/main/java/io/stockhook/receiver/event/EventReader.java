package io.stockhook.receiver.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.stockhook.events.EventTypes;
import io.stockhook.events.Topics;
import io.stockhook.web.json.Rfc3339;
import io.stockhook.web.problem.FieldError;
import io.stockhook.web.problem.Problems;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one event of a publishing request, collecting everything that is wrong with it. Reads one and is thrown away. */
final class EventReader {

    static final String ID = "id";
    static final String TYPE = "type";
    static final String SOURCE = "source";
    static final String SUBJECT = "subject";
    static final String TIME = "time";
    static final String DATA = "data";
    static final String DATA_SCHEMA = "data_schema";
    static final String DELIVER_AT = "deliver_at";

    /** What is said of a type that only the platform emits. */
    static final String RESERVED =
            "Begins with webhook. or system., which only the platform emits; choose another name, such as crm.lead_won.";

    /** How far ahead an event may be scheduled. */
    static final Duration MOST_AHEAD = Duration.ofDays(30);

    private static final String KNOWN =
            String.join(", ", ID, TYPE, SOURCE, SUBJECT, TIME, DATA, DATA_SCHEMA, DELIVER_AT);
    private static final Pattern VISIBLE_ID = Pattern.compile("[\\x21-\\x7e]{1,128}");
    private static final Pattern VISIBLE_URI = Pattern.compile("[\\x21-\\x7e]{1,512}");
    private static final Pattern UNSHOWABLE = Pattern.compile("[\\p{Cc}\\p{Cs}]");
    private static final int MAX_SUBJECT = 256;
    private static final int MAX_SHOWN_NAME = 100;
    /** An identifier's time has 48 bits of milliseconds from 1970. */
    private static final Instant EARLIEST = Instant.EPOCH;

    private final byte[] body;
    private final String path;
    private final Instant now;
    private final Set<String> seen = new HashSet<>();
    private final List<FieldError> errors = new ArrayList<>();

    private @Nullable String id;
    private @Nullable String type;
    private @Nullable String source;
    private @Nullable String subject;
    private @Nullable Instant time;
    private @Nullable String dataSchema;
    private @Nullable Instant deliverAt;
    private byte @Nullable [] data;

    private EventReader(byte[] body, String path, Instant now) {
        this.body = body;
        this.path = path;
        this.now = now;
    }

    /**
     * Reads the event whose opening brace was just passed, up to and including its closing one.
     *
     * @param parser over {@code body}, at the first field name or at the closing brace
     * @param path what leads to the event inside the body, empty or ending in a dot
     * @param now from which on a time for delivery is counted
     * @throws HttpProblem 413 if the data is too long
     */
    static Submission read(JsonParser parser, byte[] body, String path, Instant now) throws IOException {
        EventReader reader = new EventReader(body, path, now);
        while (parser.currentToken() == JsonToken.FIELD_NAME) {
            reader.readField(parser);
            parser.nextToken();
        }
        return reader.finish();
    }

    static Submission notAnObject() {
        return new Submission.Invalid(null, List.of(new FieldError("", "Must be an event, that is, a JSON object.")));
    }

    private void readField(JsonParser parser) throws IOException {
        String name = parser.currentName();
        parser.nextToken();
        if (!seen.add(name)) {
            reject(name, "Is given twice.");
            parser.skipChildren();
            return;
        }
        switch (name) {
            case ID -> id = text(parser, name);
            case TYPE -> type = text(parser, name);
            case SOURCE -> source = text(parser, name);
            case SUBJECT -> subject = text(parser, name);
            case TIME -> time = parseTime(text(parser, name));
            case DELIVER_AT -> deliverAt = parseDeliverAt(text(parser, name));
            case DATA_SCHEMA -> dataSchema = text(parser, name);
            case DATA -> data = slice(parser);
            default -> {
                reject(name, "Is not known. An event has " + KNOWN + '.');
                parser.skipChildren();
            }
        }
    }

    private Submission finish() {
        String publisherId = id != null && VISIBLE_ID.matcher(id).matches() ? id : null;
        if (id != null && publisherId == null) {
            reject(ID, "Must be 1 to 128 visible ASCII characters.");
        }
        checkType();
        checkReferences();
        if (data == null && !rejected(DATA)) {
            reject(DATA, "Is required, a JSON object.");
        }
        if (type == null || data == null || !errors.isEmpty()) {
            return new Submission.Invalid(publisherId, errors);
        }
        return new Submission.Valid(
                new NewEvent(publisherId, type, source, subject, time, dataSchema, deliverAt, data));
    }

    private void checkType() {
        if (type == null) {
            if (!rejected(TYPE)) {
                reject(TYPE, "Is required, order.placed for example.");
            }
        } else if (!EventTypes.isName(type)) {
            reject(
                    TYPE,
                    "Must be two or more segments of lower-case letters, digits and underscores between dots, %d characters at the most."
                            .formatted(EventTypes.MAX_LENGTH));
        } else if (EventTypes.isReserved(type)) {
            reject(TYPE, RESERVED);
        }
    }

    private void checkReferences() {
        if (source != null && uri(source) == null) {
            reject(SOURCE, "Must be a URI reference of 1 to 512 characters.");
        }
        if (dataSchema != null) {
            URI schema = uri(dataSchema);
            if (schema == null || !schema.isAbsolute()) {
                reject(DATA_SCHEMA, "Must be an absolute URI of 1 to 512 characters.");
            }
        }
        if (subject != null
                && (subject.isEmpty()
                        || subject.length() > MAX_SUBJECT
                        || UNSHOWABLE.matcher(subject).find())) {
            reject(SUBJECT, "Must be 1 to %d characters without control characters.".formatted(MAX_SUBJECT));
        }
    }

    private @Nullable String text(JsonParser parser, String name) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        if (token != JsonToken.VALUE_NULL) {
            reject(name, "Must be a string.");
            parser.skipChildren();
        }
        return null;
    }

    private @Nullable Instant parseTime(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant parsed = Rfc3339.parse(text).truncatedTo(ChronoUnit.MICROS);
            if (!parsed.isBefore(EARLIEST)) {
                return parsed;
            }
        } catch (DateTimeException e) {
            // answered below, with the same words as a time out of range
        }
        reject(TIME, "Must be an RFC 3339 time from 1970 to 9999, 2026-01-31T12:00:00Z for example.");
        return null;
    }

    /** A time that is past means at once: the publisher's clock may be behind, or the request a repetition. */
    private @Nullable Instant parseDeliverAt(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant parsed = Rfc3339.parse(text).truncatedTo(ChronoUnit.MICROS);
            if (!parsed.isBefore(EARLIEST) && !parsed.isAfter(now.plus(MOST_AHEAD))) {
                return parsed;
            }
        } catch (DateTimeException e) {
            // answered below, with the same words as a time out of range
        }
        reject(
                DELIVER_AT,
                "Must be an RFC 3339 time at most %d days ahead, 2026-01-31T12:00:00Z for example."
                        .formatted(MOST_AHEAD.toDays()));
        return null;
    }

    private byte @Nullable [] slice(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            reject(DATA, "Must be a JSON object.");
            parser.skipChildren();
            return null;
        }
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        int end = (int) parser.currentLocation().getByteOffset();
        if (end - start > Topics.MAX_EVENT_BYTES) {
            throw Problems.tooLarge(
                    path + DATA, "Has %d bytes, at most %d are taken.".formatted(end - start, Topics.MAX_EVENT_BYTES));
        }
        return Arrays.copyOfRange(body, start, end);
    }

    private static @Nullable URI uri(String text) {
        try {
            return VISIBLE_URI.matcher(text).matches() ? new URI(text) : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private boolean rejected(String field) {
        return errors.stream().anyMatch(error -> error.field().equals(field));
    }

    private void reject(String field, String message) {
        errors.add(new FieldError(showable(field), message));
    }

    /** A field's name as it can be repeated to the publisher: not endless, and without halves of surrogate pairs. */
    static String showable(String name) {
        String shortened = name.length() <= MAX_SHOWN_NAME ? name : name.substring(0, MAX_SHOWN_NAME) + "...";
        return UNSHOWABLE.matcher(shortened).replaceAll("?");
    }
}
