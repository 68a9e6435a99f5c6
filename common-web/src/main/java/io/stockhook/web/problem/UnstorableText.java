package io.stockhook.web.problem;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Text that JSON can escape and PostgreSQL cannot hold: {@code \u0000}, and a surrogate without its partner.
 *
 * <p>A body without any {@code \\u} is never parsed for it.
 */
final class UnstorableText {

    private final JsonFactory json;

    UnstorableText(JsonFactory json) {
        this.json = json;
    }

    /** @throws io.quarkiverse.resteasy.problem.HttpProblem 400 naming the first field that holds such text */
    void refuseIn(byte[] body) throws IOException {
        if (!mayHoldEscapes(body)) {
            return;
        }
        try (JsonParser parser = json.createParser(body)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                boolean isText = token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME;
                if (isText && isUnstorable(parser.getText())) {
                    throw Problems.badField(
                            FieldPaths.of(parser.getParsingContext()),
                            "Holds a NUL character or half a surrogate pair, which cannot be stored.");
                }
            }
        }
    }

    private static boolean mayHoldEscapes(byte[] body) {
        for (int i = 1; i < body.length; i++) {
            if (body[i] == 'u' && body[i - 1] == '\\') {
                return true;
            }
        }
        return false;
    }

    private static boolean isUnstorable(String text) {
        return text.codePoints().anyMatch(point -> point == 0 || (point >= 0xD800 && point <= 0xDFFF));
    }
}
