package io.stockhook.receiver.mock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.stockhook.events.Ids;
import io.stockhook.events.delivery.EventBatch;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Between a request to a mock endpoint, its row and its JSON. */
@Singleton
class MockRequestMapper {

    /** How much of a body is kept: all of the longest that a delivery has. */
    static final int MAX_KEPT_BYTES = EventBatch.MAX_BODY_BYTES;

    private static final TypeReference<Map<String, List<String>>> HEADERS = new TypeReference<>() {};

    /** Not that of the API, whose limits are for what callers write: a header's name may be longer. */
    private final JsonMapper json = new JsonMapper();

    MockRequestTable.Row row(MockCall call, long number, MockBehaviour.Signatures signatures, int responseStatus) {
        byte[] body = call.body();
        return new MockRequestTable.Row(
                number,
                Ids.next(Ids.Kind.REQUEST),
                call.receivedAt(),
                call.method(),
                call.query(),
                write(call.headers()),
                body.length > MAX_KEPT_BYTES ? Arrays.copyOf(body, MAX_KEPT_BYTES) : body,
                body.length,
                signatures.standard().name(),
                signatures.classic().name(),
                responseStatus);
    }

    MockRequestView view(MockRequestTable.Row row) {
        String text = text(row.body());
        return new MockRequestView(
                row.id(),
                row.number(),
                row.receivedAt(),
                row.method(),
                row.query(),
                headers(row.headers()),
                text,
                text == null ? Base64.getEncoder().encodeToString(row.body()) : null,
                row.bodyBytes(),
                row.bodyBytes() > row.body().length,
                SignatureCheck.valueOf(row.standardSignature()),
                SignatureCheck.valueOf(row.classicSignature()),
                row.responseStatus());
    }

    private String write(Map<String, List<String>> headers) {
        try {
            return json.writeValueAsString(headers);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("headers of a request cannot be written", e);
        }
    }

    private Map<String, List<String>> headers(String stored) {
        try {
            return json.readValue(stored, HEADERS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored headers of a request cannot be read", e);
        }
    }

    private static @Nullable String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
