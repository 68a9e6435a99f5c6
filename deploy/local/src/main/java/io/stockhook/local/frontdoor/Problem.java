package io.stockhook.local.frontdoor;

import io.vertx.core.json.JsonObject;

/**
 * An error in the form of RFC 9457, as the services give theirs.
 *
 * @param status the HTTP status
 * @param slug the last part of its type
 * @param title the same for every occurrence of this problem
 * @param detail about this occurrence
 */
record Problem(int status, String slug, String title, String detail) {

    static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE_BASE = "/docs/problems#";

    static Problem noSuchPath(String path) {
        return new Problem(404, "not-found", "Not found", "Nothing is served at %s.".formatted(path));
    }

    static Problem unreachable(Backend backend) {
        return new Problem(
                502, "bad-gateway", "Bad gateway", "%s does not answer at the moment.".formatted(backend.name()));
    }

    static Problem busy(Backend backend) {
        return new Problem(
                503, "unavailable", "Unavailable", "%s has too much to do at the moment.".formatted(backend.name()));
    }

    static Problem late(Backend backend) {
        return new Problem(
                504, "gateway-timeout", "Gateway timeout", "%s did not answer in time.".formatted(backend.name()));
    }

    String json(String traceId) {
        return JsonObject.of(
                        "type",
                        TYPE_BASE + slug,
                        "status",
                        status,
                        "title",
                        title,
                        "detail",
                        detail,
                        "trace_id",
                        traceId)
                .encode();
    }
}
