package io.stockhook.web.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.introspect.AnnotationIntrospectorPair;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.time.Instant;

/**
 * The JSON of the APIs: snake_case, times in RFC 3339 and UTC, exact decimals, null written as null.
 *
 * <p>Reading is strict, so that a mistake is answered and never guessed at: unknown and duplicate fields, strings for numbers
 * and numbers for strings are refused, and so is what is nested or long beyond reason.
 */
@Singleton
public class JsonConventions implements ObjectMapperCustomizer {

    /** How deep arrays and objects may be nested. */
    public static final int MAX_DEPTH = 64;

    /** How many characters a number may have. */
    public static final int MAX_NUMBER_LENGTH = 1_000;

    /** How many characters a field's name may have. */
    public static final int MAX_NAME_LENGTH = 1_000;

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxNumberLength(MAX_NUMBER_LENGTH)
            .maxNameLength(MAX_NAME_LENGTH)
            .build();

    /** Last of all, because the module registered last is the one that Jackson asks first. */
    @Override
    public int priority() {
        return MINIMUM_PRIORITY;
    }

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.getFactory().setStreamReadConstraints(LIMITS);
        readUtf8Only(mapper);
        mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        mapper.setAnnotationIntrospector(AnnotationIntrospectorPair.create(
                mapper.getSerializationConfig().getAnnotationIntrospector(), new EnumNames.Introspector()));
        mapper.setDefaultPropertyInclusion(JsonInclude.Include.ALWAYS);
        mapper.registerModule(new SimpleModule("stockhook")
                .addDeserializer(Instant.class, new InstantReader())
                .addDeserializer(JsonNode.class, new NodeReader()));
        mapper.disable(
                SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS);
        mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        mapper.enable(
                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        mapper.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
        mapper.configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);
        refuseCoercion(mapper);
    }

    /** JSON between systems is UTF-8 (RFC 8259, section 8.1), and what looks into the bytes of a body relies on it. */
    @SuppressWarnings("deprecation") // the builder that replaces it cannot change a mapper that Quarkus has built
    private static void readUtf8Only(ObjectMapper mapper) {
        mapper.getFactory().configure(JsonFactory.Feature.CHARSET_DETECTION, false);
    }

    @SuppressWarnings("deprecation") // the builder that replaces it cannot change a mapper that Quarkus has built
    private static void refuseCoercion(ObjectMapper mapper) {
        mapper.configure(MapperFeature.ALLOW_COERCION_OF_SCALARS, false);
        mapper.coercionConfigFor(LogicalType.Textual)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    }
}
