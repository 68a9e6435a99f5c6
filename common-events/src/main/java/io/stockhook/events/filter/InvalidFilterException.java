package io.stockhook.events.filter;

/** A filter that does not compile: where it is wrong, how, and what would be right. */
public final class InvalidFilterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String place;
    private final String reason;

    InvalidFilterException(String place, String reason) {
        super(place + ": " + reason);
        this.place = place;
        this.reason = reason;
    }

    /** The path of the fault, {@code filters.order.$and[1].total.$gt} for example. */
    public String place() {
        return place;
    }

    /** What is wrong and what would be right, fit to be shown to the caller. */
    public String reason() {
        return reason;
    }
}
