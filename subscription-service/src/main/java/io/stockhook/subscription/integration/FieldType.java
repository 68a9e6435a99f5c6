package io.stockhook.subscription.integration;

/** What a field of a provider's configuration holds, and how a form asks for it. */
public enum FieldType {
    /** A line of text. */
    STRING,
    /** A url. */
    URL,
    /** One of the field's options. */
    SELECT,
    /** Text with {@code {{field}}} for what each event has under that name. */
    TEMPLATE
}
