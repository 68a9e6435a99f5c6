package io.stockhook.receiver.event;

/**
 * What became of an event.
 *
 * @param id the event's id, the publisher's or one that it was given
 */
public record Outcome(String id, Kind kind) {

    /** What became of an event. */
    public enum Kind {
        /** Kafka has it. */
        ACCEPTED,
        /** Kafka had it before: it was published already under this id. Answered like the first time. */
        DUPLICATE,
        /** Another event was published under this id. This one is not taken. */
        CONFLICT,
        /** It is stored but Kafka has not acknowledged it in time. It is published later; asked again, we answer again. */
        UNCONFIRMED
    }
}
