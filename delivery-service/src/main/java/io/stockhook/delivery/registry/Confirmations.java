package io.stockhook.delivery.registry;

import io.stockhook.events.MalformedRecordException;
import io.stockhook.events.delivery.Confirmation;
import io.stockhook.events.delivery.DeliveryTask;
import io.stockhook.events.log.CompactedRecord;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What endpoints have said of deliveries that they had taken with 202, until the task that waits for it has seen it: in memory, some 200
 * bytes each. Thread-safe.
 */
@Singleton
public final class Confirmations {

    private final Map<String, Confirmation> byDelivery = new ConcurrentHashMap<>();

    /** What was said of the attempt that this task makes or waits for; null if nothing was. */
    public @Nullable Confirmation of(DeliveryTask task) {
        if (byDelivery.isEmpty()) {
            return null;
        }
        Confirmation said = byDelivery.get(task.deliveryId());
        return said != null && said.isOf(task) ? said : null;
    }

    /** What was said last of a delivery. */
    public Optional<Confirmation> of(String deliveryId) {
        return Optional.ofNullable(byDelivery.get(deliveryId));
    }

    /** Of how many deliveries something is held. */
    public int size() {
        return byDelivery.size();
    }

    /** Those that nobody waits for any more, and that are forgotten with this call. */
    public List<String> takeExpired(Instant now) {
        List<String> expired = new ArrayList<>();
        byDelivery.values().removeIf(said -> {
            boolean isOver = said.keepUntil().isBefore(now);
            if (isOver) {
                expired.add(said.deliveryId());
            }
            return isOver;
        });
        return expired;
    }

    /**
     * Takes a record of the topic, or a tombstone.
     *
     * @throws MalformedRecordException if it is neither
     */
    void apply(CompactedRecord entry, Instant now) {
        if (entry.value() == null) {
            byDelivery.remove(Confirmation.deliveryId(entry.key()));
            return;
        }
        Confirmation said = Confirmation.read(entry.key(), entry.value());
        if (said.keepUntil().isAfter(now)) {
            byDelivery.put(said.deliveryId(), said);
        } else {
            byDelivery.remove(said.deliveryId());
        }
    }

    /** The others were ended unseen. */
    void retainOnly(Set<String> keys) {
        byDelivery.keySet().removeIf(id -> !keys.contains(Confirmation.key(id)));
    }
}
