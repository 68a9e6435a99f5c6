package io.stockhook.web.problem;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.List;

/** Where in the request something is, written as the caller wrote it: {@code retry_config.delays[2]}. */
final class FieldPaths {

    /** What is to blame where it is no part of the body but all of it. */
    static final String WHOLE_BODY = "body";

    private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();

    private FieldPaths() {}

    /** The place at which reading the JSON failed. */
    static String of(List<JsonMappingException.Reference> references) {
        var path = new StringBuilder();
        for (var reference : references) {
            if (reference.getFieldName() != null) {
                append(path, reference.getFieldName());
            } else if (reference.getIndex() >= 0) {
                path.append('[').append(reference.getIndex()).append(']');
            }
        }
        return orWholeBody(path);
    }

    /** The place that the parser has reached. */
    static String of(JsonStreamContext reached) {
        var path = new StringBuilder();
        for (JsonPointer rest = reached.pathAsPointer(); !rest.matches(); rest = rest.tail()) {
            if (rest.mayMatchElement()) {
                path.append('[').append(rest.getMatchingIndex()).append(']');
            } else {
                append(path, rest.getMatchingProperty());
            }
        }
        return orWholeBody(path);
    }

    /** The place that breaks a constraint; the method and the name of its body parameter are left out. */
    static String of(Path violated) {
        var path = new StringBuilder();
        String parameter = "";
        for (Path.Node node : violated) {
            if (node.getKind() == ElementKind.PARAMETER) {
                parameter = SNAKE_CASE.translate(node.getName());
            }
            if (node.getIndex() != null) {
                path.append('[').append(node.getIndex()).append(']');
            } else if (node.getKey() != null) {
                append(path, node.getKey().toString());
            }
            if (node.getKind() == ElementKind.PROPERTY) {
                append(path, SNAKE_CASE.translate(node.getName()));
            }
        }
        return path.isEmpty() && !parameter.isEmpty() ? parameter : orWholeBody(path);
    }

    private static void append(StringBuilder path, String name) {
        if (!path.isEmpty()) {
            path.append('.');
        }
        path.append(name);
    }

    private static String orWholeBody(StringBuilder path) {
        return path.isEmpty() ? WHOLE_BODY : path.toString();
    }
}
