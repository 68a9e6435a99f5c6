package io.stockhook.subscription.eventtype;

/** What a new version of a payload may do to those who read the one before. */
public enum Compatibility {
    /** Nothing that they would trip over. */
    BACKWARD,
    /** Anything. */
    NONE
}
