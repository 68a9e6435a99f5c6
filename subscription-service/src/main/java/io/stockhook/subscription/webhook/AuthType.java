package io.stockhook.subscription.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.stockhook.web.json.EnumNames;
import java.util.List;
import java.util.Set;

/** How deliveries can authenticate, and which fields each way has. */
public enum AuthType {
    /** By their signature alone. */
    @JsonProperty("none")
    NONE(List.of(), Set.of()),
    /** {@code Authorization: Basic} (RFC 7617). */
    @JsonProperty("basic")
    BASIC(List.of("username", "password"), Set.of()),
    /** {@code Authorization: Bearer} with a token that does not change (RFC 6750). */
    @JsonProperty("bearer")
    BEARER(List.of("token"), Set.of()),
    /** A header of one's choice. */
    @JsonProperty("api_key")
    API_KEY(List.of("header", "value"), Set.of()),
    /** {@code Authorization: Bearer} with a token that is fetched with client credentials (RFC 6749, section 4.4). */
    @JsonProperty("oauth2")
    OAUTH2(List.of("token_url", "client_id", "client_secret"), Set.of("scope")),
    /** A client certificate. */
    @JsonProperty("mutual_tls")
    MUTUAL_TLS(List.of("certificate", "private_key"), Set.of());

    private final List<String> required;
    private final Set<String> optional;

    AuthType(List<String> required, Set<String> optional) {
        this.required = required;
        this.optional = optional;
    }

    /** The fields without which it does not work. */
    List<String> required() {
        return required;
    }

    /** Whether a field means something to it. */
    boolean has(String field) {
        return required.contains(field) || optional.contains(field);
    }

    /** The type's name in the API and the topics. */
    String wireName() {
        return EnumNames.of(this);
    }
}
