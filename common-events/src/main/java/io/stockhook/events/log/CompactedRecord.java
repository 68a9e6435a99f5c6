package io.stockhook.events.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The latest that a compacted topic says about a key.
 *
 * @param key never empty
 * @param value the bytes as written; null is a tombstone: the key is deleted
 * @param offset within the key's partition; rises with each record of the key
 * @param timestamp as the topic stamps it: when it was written, or appended
 */
public record CompactedRecord(String key, byte @Nullable [] value, long offset, Instant timestamp) {}
