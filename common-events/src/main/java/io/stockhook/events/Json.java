package io.stockhook.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

/**
 * How the records of the compacted topics are written: snake_case, RFC 3339 times, null fields left out. A reader passes over
 * fields that it does not know, so that a newer writer and an older reader get along.
 */
public final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Json() {}

    /** The record's bytes in UTF-8. */
    public static byte[] write(Object contractRecord) {
        try {
            return MAPPER.writeValueAsBytes(contractRecord);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of the contract is always writable", e);
        }
    }

    /**
     * The record that the bytes hold.
     *
     * @throws IOException if they are no JSON, not of this type, or null
     */
    public static <T> T read(byte[] json, Class<T> type) throws IOException {
        T contractRecord = MAPPER.readValue(json, type);
        if (contractRecord == null) {
            throw new IOException("null is no " + type.getSimpleName());
        }
        return contractRecord;
    }
}
