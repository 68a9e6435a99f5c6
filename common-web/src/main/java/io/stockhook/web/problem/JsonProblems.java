package io.stockhook.web.problem;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.PropertyBindingException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.stockhook.web.json.EnumNames;
import io.stockhook.web.json.JsonConventions;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a JSON body: where it breaks off, or which field does not fit. Never names a class of ours. */
public final class JsonProblems {

    private static final int MAX_LISTED = 40;
    private static final Pattern DUPLICATE = Pattern.compile("Duplicate field '(.*)'", Pattern.DOTALL);

    private JsonProblems() {}

    /** 400: what is wrong with JSON that a caller sent. */
    public static HttpProblem of(JsonProcessingException e) {
        if (e instanceof StreamConstraintsException || e.getCause() instanceof StreamConstraintsException) {
            return Problems.badRequest(
                    "The JSON is beyond the limits%s: nesting %d, number %d digits, name %d characters."
                            .formatted(
                                    at(e.getLocation()),
                                    JsonConventions.MAX_DEPTH,
                                    JsonConventions.MAX_NUMBER_LENGTH,
                                    JsonConventions.MAX_NAME_LENGTH));
        }
        if (e instanceof JsonMappingException mapping) {
            return ofMapping(mapping);
        }
        if (e instanceof InputCoercionException tooBig) {
            String field = FieldPaths.of(tooBig.getProcessor().getParsingContext());
            return Problems.badField(
                    field, "Must be %s; this one is too large.".formatted(kind(tooBig.getTargetType())));
        }
        var duplicate = DUPLICATE.matcher(Objects.requireNonNullElse(e.getOriginalMessage(), ""));
        if (duplicate.find()) {
            return Problems.badField(duplicate.group(1), "Is given more than once%s.".formatted(at(e.getLocation())));
        }
        return Problems.badRequest(
                "The body is not valid JSON%s: %s".formatted(at(e.getLocation()), e.getOriginalMessage()));
    }

    private static HttpProblem ofMapping(JsonMappingException e) {
        if (e.getCause() instanceof HttpProblem ours) {
            return ours;
        }
        String field = FieldPaths.of(e.getPath());
        if (e instanceof PropertyBindingException unknown) {
            return Problems.badField(field, "Is not known." + allowed(unknown.getKnownPropertyIds()));
        }
        if (e instanceof ValueInstantiationException) {
            return Problems.badField(field, reasonOf(e.getCause()));
        }
        if (e instanceof MismatchedInputException mismatched) {
            return Problems.badField(field, "Must be %s.".formatted(kind(mismatched.getTargetType())));
        }
        if (e.getCause() instanceof JsonProcessingException nested) {
            return of(nested);
        }
        return Problems.badField(field, "Is not valid.");
    }

    /** Our own records say in words for the caller why they refuse a value. */
    private static String reasonOf(@Nullable Throwable cause) {
        String message = cause instanceof IllegalArgumentException ? cause.getMessage() : null;
        return message == null ? "Is not valid." : message;
    }

    private static String allowed(@Nullable Collection<Object> names) {
        if (names == null || names.isEmpty() || names.size() > MAX_LISTED) {
            return "";
        }
        return " Known are: " + names.stream().map(Object::toString).sorted().collect(Collectors.joining(", ")) + '.';
    }

    /** What a value of this type is to a caller. */
    static String kind(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> EnumNames.of((Enum<?>) constant))
                            .collect(Collectors.joining(", "));
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "a string";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == double.class || type == float.class || type == BigDecimal.class || type == Double.class) {
            return "a number";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a whole number";
        }
        if (type == Instant.class || type == OffsetDateTime.class) {
            return "a time in RFC 3339, 2026-01-31T12:00:00Z for example";
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "an array";
        }
        if (Map.class.isAssignableFrom(type) || ObjectNode.class.isAssignableFrom(type) || type.isRecord()) {
            return "an object";
        }
        return "a valid value";
    }

    private static String at(@Nullable JsonLocation location) {
        return location == null ? "" : " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr());
    }
}
