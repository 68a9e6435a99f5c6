package io.stockhook.web.problem;

import io.stockhook.web.json.EnumNames;
import io.stockhook.web.json.Rfc3339;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads query and header parameters of resource methods, so that one that does not fit is a 400 naming it; the framework's
 * own answer would be a 404 without a word.
 */
@Provider
public class QueryParameters implements ParamConverterProvider {

    private static final Map<Class<?>, Function<String, Object>> PARSERS = Map.of(
            int.class, Integer::valueOf,
            Integer.class, Integer::valueOf,
            long.class, Long::valueOf,
            Long.class, Long::valueOf,
            boolean.class, QueryParameters::parseBoolean,
            Boolean.class, QueryParameters::parseBoolean,
            BigDecimal.class, BigDecimal::new,
            Instant.class, Rfc3339::parse);

    @Override
    @SuppressWarnings("unchecked") // the parser of a type gives values of that type
    public <T> @Nullable ParamConverter<T> getConverter(
            Class<T> type, @Nullable Type genericType, Annotation @Nullable [] annotations) {
        Function<String, Object> parser = type.isEnum() ? text -> EnumNames.constant(type, text) : PARSERS.get(type);
        String name = annotations == null ? null : nameOf(annotations);
        return parser == null || name == null ? null : (ParamConverter<T>) new Converter(name, type, parser);
    }

    private static @Nullable String nameOf(Annotation[] annotations) {
        for (Annotation annotation : annotations) {
            if (annotation instanceof QueryParam query) {
                return query.value();
            }
            if (annotation instanceof HeaderParam header) {
                return header.value();
            }
        }
        return null;
    }

    private static Object parseBoolean(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private record Converter(String name, Class<?> type, Function<String, Object> parser)
            implements ParamConverter<Object> {

        @Override
        public @Nullable Object fromString(@Nullable String value) {
            if (value == null) {
                return null;
            }
            try {
                return parser.apply(value);
            } catch (RuntimeException e) {
                var problem = Problems.badField(name, "Must be %s.".formatted(JsonProblems.kind(type)));
                throw new BadRequestException(problem); // the framework lets only its own exceptions pass
            }
        }

        @Override
        public String toString(Object value) {
            return value.toString();
        }
    }
}
