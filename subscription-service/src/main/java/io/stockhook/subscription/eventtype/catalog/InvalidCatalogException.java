package io.stockhook.subscription.eventtype.catalog;

/** A data file that cannot be used. The message names the file, the place in it, what is wrong and what would be right. */
public final class InvalidCatalogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidCatalogException(String file, String place, String reason) {
        super("event types: %s%s: %s".formatted(file, place.isEmpty() ? "" : ", " + place, reason));
    }
}
