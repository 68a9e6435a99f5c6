package io.stockhook.subscription.token;

import io.github.bucket4j.Bucket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How often somebody has tried something within a minute, of this instance. Bounded: who has not come for longest is forgotten. Thread-safe. */
final class Attempts {

    private static final int MAX_KNOWN = 10_000;
    private static final int NETWORK_BYTES = 8;

    private final int perMinute;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MAX_KNOWN;
        }
    };

    Attempts(int perMinute) {
        this.perMinute = perMinute;
    }

    /** Counts one. Zero if it is within the limit, else how long to wait. */
    Duration count(String who) {
        return Duration.ofNanos(bucket(who).tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill());
    }

    /** How long to wait before the next one is within the limit; zero if it is now. Counts nothing. */
    Duration left(String who) {
        var estimate = bucket(who).estimateAbilityToConsume(1);
        return Duration.ofNanos(estimate.getNanosToWaitForRefill());
    }

    private Bucket bucket(String who) {
        synchronized (buckets) {
            return buckets.computeIfAbsent(who, unused -> Bucket.builder()
                    .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                    .build());
        }
    }

    /** An address, or the network of an IPv6 one: whoever has one address there has all of them. */
    static String network(@Nullable InetAddress address) {
        if (address == null) {
            return "unknown";
        }
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
}
