package io.stockhook.subscription.integration;

import io.stockhook.web.json.EnumNames;

/** What an integration is for. */
public enum Category {
    /** People are told. */
    COMMUNICATION("Communication"),
    /** Something else is set off. */
    AUTOMATION("Automation"),
    /** Contacts are kept. */
    MARKETING("Marketing"),
    /** Somebody is called. */
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
