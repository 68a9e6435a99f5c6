package io.stockhook.delivery.dispatch;

import io.stockhook.events.auth.EndpointAuth;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** The request headers of authentications that do not change from one request to the next. Pure. */
final class AuthHeaders {

    private AuthHeaders() {}

    /** None for those whose requests differ or need a certificate. */
    static Map<String, String> of(EndpointAuth auth) {
        if (auth instanceof EndpointAuth.Basic basic) {
            return authorization(basic(basic.username(), basic.password()));
        }
        if (auth instanceof EndpointAuth.Bearer bearer) {
            return authorization(bearer(bearer.token()));
        }
        if (auth instanceof EndpointAuth.ApiKey key) {
            return Map.of(key.header(), key.value());
        }
        return Map.of();
    }

    /** RFC 7617, section 2, with UTF-8. */
    static String basic(String username, String password) {
        byte[] credentials = (username + ':' + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(credentials);
    }

    /** RFC 6750, section 2.1. */
    static String bearer(String token) {
        return "Bearer " + token;
    }

    private static Map<String, String> authorization(String value) {
        return Map.of(HttpHeaders.AUTHORIZATION.toString(), value);
    }
}
