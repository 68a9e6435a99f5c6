package io.stockhook.receiver.mock;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to a mock endpoint, as it came.
 *
 * @param receivedAt when its head arrived, to the microsecond
 * @param method the HTTP method
 * @param query the query string without its question mark; null if there was none
 * @param headers names in lower case with their values in the order they came
 * @param body all of it, empty if there was none
 */
@SuppressWarnings("ArrayRecordComponent") // read from the network for this record alone
record MockCall(
        Instant receivedAt, String method, @Nullable String query, Map<String, List<String>> headers, byte[] body) {

    /** The first value of a header, or null. */
    @Nullable
    String header(String lowerCaseName) {
        List<String> values = headers.get(lowerCaseName);
        return values == null ? null : values.get(0);
    }
}
