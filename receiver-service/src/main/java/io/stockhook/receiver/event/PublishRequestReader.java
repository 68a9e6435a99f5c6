package io.stockhook.receiver.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.stockhook.web.problem.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a publishing request: one event, an array of them, or {@code {"events": [...]}}.
 *
 * <p>The data of each event is cut out of the body between the offsets at which the parser finds its braces, never parsed into
 * a tree and written again: a signature over it, a big number and the order of its keys stay what the publisher made them.
 *
 * <p>What is wrong with the body as a whole is thrown and nothing of it is taken. What is wrong with one event is that event's
 * {@link Submission.Invalid}. Thread-safe.
 */
final class PublishRequestReader {

    /** How many events a batch may have. */
    static final int MAX_EVENTS = 1_000;

    private static final String EVENTS = "events";
    private static final int MAX_DEPTH = 1_000;
    private static final int MAX_NUMBER_DIGITS = 1_000;
    private static final int MAX_NAME_CHARACTERS = 1_024;
    private static final int VALIDATION_CHUNK = 8 * 1024;

    private static final JsonFactory JSON = new JsonFactoryBuilder()
            // JSON between systems is UTF-8 without a byte order mark (RFC 8259, section 8.1).
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            // The names inside the data are the publishers'; interning them would let them fill our memory.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_DIGITS)
                    .maxNameLength(MAX_NAME_CHARACTERS)
                    .build())
            .build();

    private final Clock clock;

    /** @param clock by which it is told whether an event is scheduled too far ahead */
    PublishRequestReader(Clock clock) {
        this.clock = clock;
    }

    /**
     * Reads a body.
     *
     * @throws HttpProblem 400 if it is not JSON in UTF-8 or of none of the three shapes, 413 if it has too many events or one
     *     whose data is too long
     */
    PublishRequest read(byte[] body) {
        requireUtf8(body);
        try (JsonParser parser = JSON.createParser(body)) {
            PublishRequest request = readRoot(parser, body);
            if (parser.nextToken() != null) {
                throw Problems.badRequest("There is more after the end of the JSON document.");
            }
            return request;
        } catch (StreamConstraintsException e) {
            throw Problems.badRequest(("The JSON goes beyond a limit: %d levels of nesting, numbers of %d digits, "
                            + "names of %d characters.")
                    .formatted(MAX_DEPTH, MAX_NUMBER_DIGITS, MAX_NAME_CHARACTERS));
        } catch (JsonProcessingException e) {
            throw Problems.badRequest("The body is not valid JSON" + where(e.getLocation()) + '.');
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array has no I/O to fail", e);
        }
    }

    private PublishRequest readRoot(JsonParser parser, byte[] body) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == JsonToken.START_ARRAY) {
            return new PublishRequest(true, readEvents(parser, body, ""));
        }
        if (first != JsonToken.START_OBJECT) {
            throw Problems.badRequest("The body must be an event, an array of events, or {\"events\": [...]}.");
        }
        if (EVENTS.equals(parser.nextFieldName())) {
            return readWrapped(parser, body);
        }
        return new PublishRequest(false, List.of(EventReader.read(parser, body, "", clock.instant())));
    }

    private PublishRequest readWrapped(JsonParser parser, byte[] body) throws IOException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw Problems.badField(EVENTS, "Must be an array of events.");
        }
        List<Submission> events = readEvents(parser, body, EVENTS);
        if (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = EventReader.showable(parser.currentName());
            throw Problems.badField(name, "Is not known here; a batch has '%s' alone.".formatted(EVENTS));
        }
        return new PublishRequest(true, events);
    }

    private List<Submission> readEvents(JsonParser parser, byte[] body, String path) throws IOException {
        List<Submission> events = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (events.size() == MAX_EVENTS) {
                throw Problems.tooLarge(
                        path.isEmpty() ? EVENTS : path, "Has more than %d events.".formatted(MAX_EVENTS));
            }
            events.add(readElement(parser, body, "%s[%d].".formatted(path, events.size())));
        }
        if (events.isEmpty()) {
            throw Problems.badField(path.isEmpty() ? EVENTS : path, "Must have at least one event.");
        }
        return events;
    }

    private Submission readElement(JsonParser parser, byte[] body, String path) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return EventReader.notAnObject();
        }
        parser.nextToken();
        return EventReader.read(parser, body, path, clock.instant());
    }

    /** The parser passes over strings inside the data without decoding them, so nothing else would find a broken one. */
    private static void requireUtf8(byte[] body) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.wrap(body);
        CharBuffer scratch = CharBuffer.allocate(VALIDATION_CHUNK);
        CoderResult result;
        do {
            scratch.clear();
            result = decoder.decode(bytes, scratch, true);
        } while (result.isOverflow());
        if (result.isError()) {
            throw Problems.badRequest("The body is not valid UTF-8 at byte %d.".formatted(bytes.position()));
        }
    }

    private static String where(@Nullable JsonLocation location) {
        return location == null ? "" : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }
}
