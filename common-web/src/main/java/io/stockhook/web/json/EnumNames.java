package io.stockhook.web.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import java.util.Locale;

/**
 * Names of enum constants as they stand in JSON and in a query: lower case, {@code IN_PROGRESS} as {@code in_progress}, or what
 * {@link JsonProperty} says. Case matters when they are read.
 */
public final class EnumNames {

    private EnumNames() {}

    /** The constant's name. */
    public static String of(Enum<?> constant) {
        try {
            var renamed = constant.getDeclaringClass().getField(constant.name()).getAnnotation(JsonProperty.class);
            return renamed == null ? lowerCase(constant) : renamed.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("a constant is a field of its enum", e);
        }
    }

    /**
     * The constant of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static <E> E constant(Class<E> type, String name) {
        for (E constant : type.getEnumConstants()) {
            if (of((Enum<?>) constant).equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("there is no " + type.getSimpleName() + " '" + name + "'");
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Teaches Jackson the lower-case names; its own annotations go first. */
    static final class Introspector extends NopAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public String[] findEnumValues(
                MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[] names) {
            for (int i = 0; i < constants.length; i++) {
                names[i] = lowerCase(constants[i]);
            }
            return names;
        }
    }
}
