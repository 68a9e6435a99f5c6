package io.stockhook.subscription.publication;

/** The metrics of publication. */
public final class PublicationMetrics {

    /** Timer: from the commit of a change until its record is acknowledged by the broker, or the wait is given up. */
    public static final String CONFIRMATION_DURATION = "stockhook.publication.confirmation.duration";

    /** Counter: changes answered with 202 because the acknowledgement was late. */
    public static final String UNCONFIRMED = "stockhook.publication.unconfirmed";

    private PublicationMetrics() {}
}
