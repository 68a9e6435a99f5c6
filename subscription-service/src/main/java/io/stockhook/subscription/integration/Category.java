package io.stockhook.subscription.integration;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.stockhook.web.json.EnumNames;

/** What an integration is for. */
public enum Category {
    /** People are told. */
    @JsonProperty("communication")
    COMMUNICATION("Communication"),
    /** Something else is set off. */
    @JsonProperty("automation")
    AUTOMATION("Automation"),
    /** Contacts are kept. */
    @JsonProperty("marketing")
    MARKETING("Marketing"),
    /** Somebody is called. */
    @JsonProperty("incident_management")
    INCIDENT_MANAGEMENT("Incident management");

    private final String displayName;

    Category(String displayName) {
        this.displayName = displayName;
    }

    /** Its name for people. */
    String displayName() {
        return displayName;
    }

    /** Its name in the API. */
    String wireName() {
        return EnumNames.of(this);
    }
}
