package io.stockhook.local.frontdoor;

/** The target of a request as the API wants it. */
final class RequestTarget {

    private static final String API = "/api/";

    private RequestTarget() {}

    /**
     * Without the slash at the end of an API path, which clients add and resources do not have. Other paths keep theirs,
     * because a web page's relative links depend on it.
     *
     * @param target path and query, undecoded
     */
    static String normalise(String target) {
        int query = target.indexOf('?');
        int end = query < 0 ? target.length() : query;
        if (!target.startsWith(API) || target.charAt(end - 1) != '/') {
            return target;
        }
        return target.substring(0, end - 1) + target.substring(end);
    }
}
