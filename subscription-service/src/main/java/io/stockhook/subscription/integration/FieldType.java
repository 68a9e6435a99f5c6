package io.stockhook.subscription.integration;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a field of a provider's configuration holds, and how a form asks for it. */
public enum FieldType {
    /** A line of text. */
    @JsonProperty("string")
    STRING,
    /** A url. */
    @JsonProperty("url")
    URL,
    /** One of the field's options. */
    @JsonProperty("select")
    SELECT,
    /** Text with {@code {{field}}} for what each event has under that name. */
    @JsonProperty("template")
    TEMPLATE
}
