package io.stockhook.events;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The topics of the platform: their names, partition counts and settings.
 *
 * <p>Partition counts are fixed at creation, because a key's partition must not move; they are set above what one
 * installation needs at first, so that instances can be added later.
 */
public final class Topics {

    /** Events of the product catalog and the stock, keyed {@code tenant:subject}. */
    public static final String INVENTORY_EVENTS = "stockhook.inventory.events";
    /** Events that tenants publish and third parties send, keyed {@code tenant:subject}. */
    public static final String RECEIVED_EVENTS = "stockhook.received.events";
    /** Events of the platform itself ({@code webhook.disabled} and the like), keyed {@code tenant:subject}. */
    public static final String SYSTEM_EVENTS = "stockhook.system.events";
    /** Endpoint registrations, compacted, keyed by endpoint id; a tombstone deletes. */
    public static final String ENDPOINTS = "stockhook.endpoints";
    /** {@link TenantRecord}s, {@link ApiKeyRecord}s and {@link TokenKeyRecord}s, compacted. */
    public static final String TENANTS = "stockhook.tenants";
    /** {@link EventTypeRecord}s, the platform's and the tenants' own, compacted. */
    public static final String EVENT_TYPES = "stockhook.event-types";
    /** Deliveries that are due, keyed by endpoint id. */
    public static final String TASKS = "stockhook.deliveries.tasks";
    /** Deliveries of ordered endpoints, keyed by endpoint id; one that surfaces on the wrong one of the two topics is forwarded. */
    public static final String ORDERED_TASKS = "stockhook.deliveries.tasks.ordered";
    /** What ran out of retries, or could not be read at all, keyed by endpoint id where there is one. */
    public static final String DEAD_LETTERS = "stockhook.deliveries.dead";
    /** Every attempt with its outcome, keyed by delivery id. */
    public static final String ATTEMPTS = "stockhook.deliveries.attempts";
    /** {@link EndpointVerdict}s of the endpoints' owners on them, keyed by endpoint id. */
    public static final String ENDPOINT_VERDICTS = "stockhook.endpoint-verdicts";
    /** Which runs of deliveries are not to be attempted any more, compacted, keyed by delivery id; see {@code RunControl}. */
    public static final String CONTROL = "stockhook.deliveries.control";
    /** Which endpoints' circuits are not closed, keyed by endpoint id; compacted, and forgotten after a day. */
    public static final String CIRCUITS = "stockhook.deliveries.circuits";
    /** What the delay topics' names begin with; a tier's name is its delay, see {@code DelayLadder}. */
    public static final String DELAY_PREFIX = "stockhook.deliveries.delay.";

    /** The topics that events come from, fanned out alike. */
    public static final List<String> EVENTS = List.of(INVENTORY_EVENTS, RECEIVED_EVENTS, SYSTEM_EVENTS);

    /** The longest event data that is accepted, in bytes. */
    public static final int MAX_EVENT_BYTES = 256 * 1024;
    /** The longest record on any topic: an event with everything that a task and its history add, in bytes. */
    public static final int MAX_RECORD_BYTES = 4 * MAX_EVENT_BYTES;

    /** For how long a deletion stays readable on a compacted topic; a reader that was away for longer may have missed it. */
    public static final Duration TOMBSTONE_RETENTION = Duration.ofDays(7);

    private static final int SHARED_PARTITIONS = 12;
    private static final int TIER_PARTITIONS = 4;
    /** Headers and framing beside the data of the longest event, in bytes. */
    private static final int EVENT_OVERHEAD_BYTES = 64 * 1024;

    /** Stamped by the broker, because fan-out compares the stamp with when it last knew every endpoint. */
    private static final Map<String, String> EVENT = Map.of(
            "max.message.bytes",
            String.valueOf(MAX_EVENT_BYTES + EVENT_OVERHEAD_BYTES),
            "message.timestamp.type",
            "LogAppendTime");

    private static final Map<String, String> LOG = Map.of("max.message.bytes", String.valueOf(MAX_RECORD_BYTES));
    /**
     * Work in progress is purged behind the commit and never by age: age would lose what waits. A purge frees whole segments and never
     * the one that is written to, so small ones keep what is done off the disk.
     */
    private static final Map<String, String> WORK = Map.of(
            "max.message.bytes",
            String.valueOf(MAX_RECORD_BYTES),
            "retention.ms",
            "-1",
            "retention.bytes",
            "-1",
            "segment.bytes",
            String.valueOf(64 * 1024 * 1024));

    private static final Map<String, String> TIER = tier();
    private static final Map<String, String> COMPACTED =
            Map.of("cleanup.policy", "compact", "delete.retention.ms", String.valueOf(TOMBSTONE_RETENTION.toMillis()));

    /** What is said of a circuit holds for an hour at most unless it is said again, so a day is plenty. */
    private static final Map<String, String> CIRCUIT = Map.of(
            "cleanup.policy",
            "compact,delete",
            "retention.ms",
            String.valueOf(Duration.ofDays(1).toMillis()));

    private Topics() {}

    /**
     * A topic as it is to be created.
     *
     * @param partitions how many, fixed for good
     * @param settings topic-level broker settings
     */
    public record Definition(String name, int partitions, Map<String, String> settings) {}

    private static Map<String, String> tier() {
        Map<String, String> settings = new HashMap<>(WORK);
        settings.put("message.timestamp.type", "LogAppendTime");
        return Map.copyOf(settings);
    }

    /** A topic of events; its records are stamped on append. */
    public static Definition events(String name) {
        return new Definition(name, SHARED_PARTITIONS, EVENT);
    }

    /** The topic of due deliveries. */
    public static Definition tasks() {
        return new Definition(TASKS, SHARED_PARTITIONS, WORK);
    }

    /** The topic of deliveries of ordered endpoints. */
    public static Definition orderedTasks() {
        return new Definition(ORDERED_TASKS, SHARED_PARTITIONS, WORK);
    }

    /** A delay topic; its records are stamped on append, because their wait is counted from there. */
    public static Definition tier(String name) {
        return new Definition(name, TIER_PARTITIONS, TIER);
    }

    /** A log of outcomes or of verdicts. */
    public static Definition log(String name) {
        return new Definition(name, SHARED_PARTITIONS, LOG);
    }

    /** The topic of circuits; one partition, since every reader reads all of it. */
    public static Definition circuits() {
        return new Definition(CIRCUITS, 1, CIRCUIT);
    }

    /** A compacted topic of the control plane; one partition, since every reader reads all of it in order. */
    public static Definition compacted(String name) {
        return new Definition(name, 1, COMPACTED);
    }
}
