package io.stockhook.subscription.token;

import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A request for a token, read by the rules of RFC 6749, sections 2.3.1, 3.2 and 4.4.2.
 *
 * @param scopes the roles asked for; empty for all that the key has
 */
record TokenRequest(String clientId, String clientSecret, Set<String> scopes) {

    private static final String BASIC = "Basic ";
    private static final String GRANT_TYPE = "client_credentials";

    /** @throws TokenError if it is not one */
    static TokenRequest of(MultivaluedMap<String, String> form, @Nullable String authorization) {
        String grantType = single(form, "grant_type");
        if (grantType == null) {
            throw TokenError.invalidRequest("grant_type is missing; it has to be client_credentials.");
        }
        if (!grantType.equals(GRANT_TYPE)) {
            throw TokenError.of("unsupported_grant_type", "grant_type has to be client_credentials.");
        }
        String scope = single(form, "scope");
        Set<String> scopes = scope == null || scope.isBlank()
                ? Set.of()
                : new TreeSet<>(List.of(scope.strip().split(" +")));
        String id = single(form, "client_id");
        String secret = single(form, "client_secret");
        if (authorization != null && authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            if (secret != null) {
                throw TokenError.invalidRequest(
                        "The client authenticates in the header and in the body; one of them is enough.");
            }
            return basic(authorization.substring(BASIC.length()), id, scopes);
        }
        if (id == null || secret == null) {
            throw TokenError.invalidClient(
                    "Send the API key's id and the key itself: by HTTP Basic, or as client_id and client_secret.");
        }
        return new TokenRequest(id, secret, scopes);
    }

    private static TokenRequest basic(String credentials, @Nullable String idInBody, Set<String> scopes) {
        try {
            String text = new String(Base64.getDecoder().decode(credentials.strip()), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            if (colon > 0) {
                String id = URLDecoder.decode(text.substring(0, colon), StandardCharsets.UTF_8);
                String secret = URLDecoder.decode(text.substring(colon + 1), StandardCharsets.UTF_8);
                if (idInBody != null && !idInBody.equals(id)) {
                    throw TokenError.invalidRequest("client_id is another than the header's.");
                }
                return new TokenRequest(id, secret, scopes);
            }
        } catch (IllegalArgumentException e) {
            throw TokenError.invalidClient("The header Authorization is no HTTP Basic.");
        }
        throw TokenError.invalidClient("The header Authorization is no HTTP Basic.");
    }

    private static @Nullable String single(MultivaluedMap<String, String> form, String name) {
        List<String> values = form.get(name);
        if (values == null || values.isEmpty()) {
            return null;
        }
        if (values.size() > 1) {
            throw TokenError.invalidRequest(name + " is there more than once.");
        }
        return values.get(0).isEmpty() ? null : values.get(0);
    }

    @Override
    public String toString() {
        return "token request of " + clientId;
    }
}
