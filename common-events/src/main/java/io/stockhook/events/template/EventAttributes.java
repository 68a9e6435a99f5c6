package io.stockhook.events.template;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a template may say of an event beside its data: what stays the same for all attempts of a delivery, so that its body does.
 *
 * @param id the event's id
 * @param type the event's type, in the spelling that was subscribed to
 * @param time when it happened
 * @param source its CloudEvents source
 * @param subject what it is about; null if it has none
 */
public record EventAttributes(
        String id,
        String type,
        Instant time,
        String source,
        @Nullable String subject) {}
