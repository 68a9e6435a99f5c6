package io.stockhook.receiver.event;

import io.stockhook.events.EventEnvelope;

/** What the database knows of an event that is being published. */
sealed interface Registration {

    /** Kafka has not acknowledged it: it is to be published, in the form in which it was first accepted. */
    record ToPublish(EventEnvelope event, boolean isRepeat) implements Registration {}

    /** It was accepted and published before. */
    record Published() implements Registration {}

    /** Its id belongs to another event. */
    record Conflicting() implements Registration {}
}
