package io.stockhook.local.frontdoor;

import io.vertx.core.json.JsonObject;

/**
 * An error in the form of RFC 9457.
 *
 * @param status the HTTP status
 * @param title the same for every occurrence of this problem
 * @param detail about this occurrence
 */
record Problem(int status, String title, String detail) {

    static final String MEDIA_TYPE = "application/problem+json";

    static Problem noSuchPath(String path) {
        return new Problem(404, "Not Found", "Nothing is served at %s.".formatted(path));
    }

    static Problem unreachable(Backend backend) {
        return new Problem(502, "Bad Gateway", "%s does not answer at the moment.".formatted(backend.name()));
    }

    String json() {
        return JsonObject.of("status", status, "title", title, "detail", detail).encode();
    }
}
