package io.stockhook.delivery.dispatch;

import io.stockhook.events.address.EndpointUrl;
import io.vertx.core.MultiMap;

/**
 * A request that is ready to be sent.
 *
 * @param method the HTTP method
 * @param url where to
 * @param headers all headers but {@code Host} and {@code Content-Length}
 * @param body what is signed and sent
 * @param isDebug whether the request and its response are recorded whole
 * @param timings written while it is sent
 */
@SuppressWarnings("ArrayRecordComponent") // made for one request and handed on
record OutgoingRequest(
        String method, EndpointUrl url, MultiMap headers, byte[] body, boolean isDebug, Timings timings) {

    OutgoingRequest(String method, EndpointUrl url, MultiMap headers, byte[] body, boolean isDebug) {
        this(method, url, headers, body, isDebug, new Timings());
    }
}
