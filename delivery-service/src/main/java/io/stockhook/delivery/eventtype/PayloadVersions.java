package io.stockhook.delivery.eventtype;

import io.stockhook.events.EventEnvelope;
import io.stockhook.events.EventTypeRecord;
import io.stockhook.events.delivery.DeliveryTask;
import io.stockhook.events.schema.InvalidSchemaException;
import io.stockhook.events.schema.SchemaMembers;
import io.stockhook.events.template.EventAttributes;
import io.stockhook.events.template.PayloadStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The versions of an event type's payload, and the way from each to the one before. Of a type with one version nothing but that is kept.
 * Immutable and thread-safe.
 */
public final class PayloadVersions {

    /** Since when each version is published, the first at 0. */
    private final List<Instant> since;
    /** From version 2 to 1 at 0, from 3 to 2 at 1. */
    private final List<PayloadStep> steps;

    private PayloadVersions(List<Instant> since, List<PayloadStep> steps) {
        this.since = since;
        this.steps = steps;
    }

    /**
     * The versions of a type.
     *
     * @throws IllegalArgumentException if they are not numbered from 1 up
     */
    public static PayloadVersions of(EventTypeRecord type) {
        List<Instant> since = new ArrayList<>();
        List<PayloadStep> steps = new ArrayList<>();
        EventTypeRecord.Version before = null;
        for (EventTypeRecord.Version version : type.versions()) {
            if (version.version() != since.size() + 1) {
                throw new IllegalArgumentException("the versions of " + type.name() + " are not numbered from 1 up");
            }
            since.add(version.createdAt());
            if (before != null) {
                steps.add(step(before, version));
            }
            before = version;
        }
        return new PayloadVersions(List.copyOf(since), List.copyOf(steps));
    }

    private static PayloadStep step(EventTypeRecord.Version to, EventTypeRecord.Version from) {
        if (from.downgrade() != null) {
            return PayloadStep.rendering(from.downgrade());
        }
        try {
            return PayloadStep.keeping(to.payloadSchema() == null ? Set.of() : SchemaMembers.of(to.payloadSchema()));
        } catch (InvalidSchemaException e) {
            return PayloadStep.failing("the schema of version %d cannot be read here".formatted(to.version()));
        }
    }

    /** The number of the newest version. */
    public int newest() {
        return since.size();
    }

    /** The version that an event that is there now is of: the one that it names if there is that one, else the newest. */
    public int versionOf(EventEnvelope event) {
        if (event.dataSchema() == null) {
            return newest();
        }
        int named =
                EventTypeRecord.versionNamedBy(event.dataSchema(), event.type()).orElse(newest());
        return named >= 1 && named <= newest() ? named : newest();
    }

    /** The version that a task's data is of: what it says, or else the newest that there was when its event happened. */
    public int versionOf(DeliveryTask task) {
        if (task.dataVersion() > 0) {
            return Math.min(task.dataVersion(), newest());
        }
        int version = 1;
        while (version < newest() && !since.get(version).isAfter(task.eventTime())) {
            version++;
        }
        return version;
    }

    /**
     * Data of one version as data of a lower one.
     *
     * @throws io.stockhook.events.template.RenderingException if nothing comes of it
     * @throws io.stockhook.events.template.InvalidTemplateException if a template on the way does not compile here
     */
    public byte[] downgraded(DeliveryTask task, int from, int to) {
        EventAttributes event = new EventAttributes(
                task.eventId(), task.subscribedAs(), task.eventTime(), task.eventSource(), task.eventSubject());
        byte[] data = task.data();
        for (int version = from; version > to; version--) {
            data = steps.get(version - 2).apply(event, data);
        }
        return data;
    }
}
