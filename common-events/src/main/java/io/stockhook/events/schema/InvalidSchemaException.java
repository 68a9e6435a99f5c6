package io.stockhook.events.schema;

/** A schema that is none, or that asks for more than it may. */
public final class InvalidSchemaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String place;
    private final String reason;

    InvalidSchemaException(String place, String reason) {
        super(place + ": " + reason);
        this.place = place;
        this.reason = reason;
    }

    /** Where in the schema, {@code properties.price.type} for example; empty for the schema as a whole. */
    public String place() {
        return place;
    }

    /** What is wrong and what would be right, fit to be shown to the caller. */
    public String reason() {
        return reason;
    }
}
