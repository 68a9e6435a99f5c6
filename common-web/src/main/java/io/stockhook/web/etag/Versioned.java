package io.stockhook.web.etag;

/** A resource as it is shown, at one of its versions. */
public interface Versioned {

    /** Its identifier, the last segment of its path. */
    String id();

    /** Raised by every change; the entity tag. */
    long version();
}
