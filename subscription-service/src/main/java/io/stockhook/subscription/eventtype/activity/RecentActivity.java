package io.stockhook.subscription.eventtype.activity;

import java.util.HashMap;
import java.util.Map;

/** The latest time of each type of a tenant since somebody took them; bounded. Thread-safe. */
final class RecentActivity {

    private final int max;
    private Map<Key, Long> latest = new HashMap<>();
    private long passedOver;

    /** A tenant's type. */
    record Key(String tenantId, String type) {}

    /** @param max how many types of tenants are held */
    RecentActivity(int max) {
        this.max = max;
    }

    /** Notes that an event was there, by its time in milliseconds. */
    synchronized void note(String tenantId, String type, long at) {
        Key key = new Key(tenantId, type);
        if (latest.size() >= max && !latest.containsKey(key)) {
            passedOver++;
            return;
        }
        latest.merge(key, at, Math::max);
    }

    /** All that was noted; it is held no longer. */
    synchronized Map<Key, Long> take() {
        Map<Key, Long> taken = latest;
        latest = new HashMap<>();
        return taken;
    }

    /** How many events were passed over, because there was no room for their type. */
    synchronized long passedOver() {
        return passedOver;
    }
}
