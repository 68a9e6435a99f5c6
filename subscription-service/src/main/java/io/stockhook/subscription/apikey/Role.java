package io.stockhook.subscription.apikey;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.stockhook.web.json.EnumNames;

/** What the bearer of a key may do, see {@link io.stockhook.web.auth.Roles}. */
public enum Role {
    /** Runs the platform. */
    @JsonProperty("admin")
    ADMIN,
    /** Runs a tenant. */
    @JsonProperty("owner")
    OWNER,
    /** Reads and writes what the tenant has. */
    @JsonProperty("editor")
    EDITOR,
    /** Reads what the tenant has. */
    @JsonProperty("viewer")
    VIEWER,
    /** Publishes events and does nothing else. */
    @JsonProperty("publisher")
    PUBLISHER;

    /** The role's name in the API, the database and the topics. */
    String wireName() {
        return EnumNames.of(this);
    }

    static Role of(String wireName) {
        return EnumNames.constant(Role.class, wireName);
    }
}
