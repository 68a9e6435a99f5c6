package io.stockhook.delivery.registry;

import io.stockhook.events.Ids;
import io.stockhook.events.MalformedRecordException;
import io.stockhook.events.delivery.DeliveryTask;
import io.stockhook.events.delivery.RunControl;
import io.stockhook.events.log.CompactedRecord;
import io.stockhook.events.log.CompactedTopicReader;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Which runs of which deliveries are not to be attempted any more, all of it in memory: some 50 bytes for a delivery that was retried,
 * replayed or cancelled by hand within the last days, nothing for any other. Thread-safe.
 */
@Singleton
public final class RunControls implements CompactedTopicReader.Sink {

    private static final int STRIPES = 64;
    /** A delivery's number in the table: since when in milliseconds, whether it was cancelled, and the lowest run that is valid. */
    private static final int RUN_BITS = 22;

    private static final int LARGEST_RUN = (1 << RUN_BITS) - 1;

    private final RunTable[] stripes = new RunTable[STRIPES];
    private final AtomicInteger size = new AtomicInteger();
    private final Clock clock;

    /**
     * Why a task is not attempted any more.
     *
     * @param reason the reason code
     * @param since when that was decided, to the millisecond
     */
    public record Withdrawal(String reason, Instant since) {}

    /** By the clock of the machine. */
    @Inject
    public RunControls() {
        this(Clock.systemUTC());
    }

    /** @param clock tells what is past its use when it is read */
    public RunControls(Clock clock) {
        this.clock = clock;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new RunTable();
        }
    }

    /** Why the task is not to be attempted any more, or null if it is, or is a batch: of that each event is to be asked for. */
    public @Nullable Withdrawal withdrawalOf(DeliveryTask task) {
        return task.batch() == null ? withdrawalOf(task.deliveryId(), task.run()) : null;
    }

    /** Why this run of this delivery is not to be attempted any more, or null if it is. */
    public @Nullable Withdrawal withdrawalOf(String deliveryId, int run) {
        if (size.get() == 0) {
            return null;
        }
        UUID id = Ids.uuid(Ids.Kind.DELIVERY, deliveryId);
        long number = get(id.getMostSignificantBits(), id.getLeastSignificantBits());
        if (number == 0 || run >= lowestRun(number)) {
            return null;
        }
        return new Withdrawal(
                isCancelled(number) ? RunControl.CANCELLED : RunControl.SUPERSEDED,
                Instant.ofEpochMilli(number >>> (RUN_BITS + 1)));
    }

    /** Of how many deliveries something is held. */
    public int size() {
        return size.get();
    }

    /**
     * Takes a record of the topic: an entry, or a tombstone.
     *
     * @throws MalformedRecordException if it is neither
     */
    @Override
    public void apply(CompactedRecord entry) {
        if (entry.value() == null) {
            if (Ids.isA(Ids.Kind.DELIVERY, entry.key())) {
                remove(Ids.uuid(Ids.Kind.DELIVERY, entry.key()));
            }
            return;
        }
        RunControl control = RunControl.read(entry.key(), entry.value());
        UUID id = Ids.uuid(Ids.Kind.DELIVERY, control.deliveryId());
        if (control.keepUntil().isAfter(clock.instant())) {
            put(id, number(control));
        } else {
            remove(id);
        }
    }

    /** The others were ended unseen. */
    @Override
    public void retainOnly(Set<String> deliveryIds) {
        Set<UUID> retained = new HashSet<>();
        for (String id : deliveryIds) {
            if (Ids.isA(Ids.Kind.DELIVERY, id)) {
                retained.add(Ids.uuid(Ids.Kind.DELIVERY, id));
            }
        }
        for (RunTable stripe : stripes) {
            synchronized (stripe) {
                int before = stripe.size();
                stripe.retainOnly((high, low) -> retained.contains(new UUID(high, low)));
                size.addAndGet(stripe.size() - before);
            }
        }
    }

    private static long number(RunControl control) {
        return control.since().toEpochMilli() << (RUN_BITS + 1)
                | (control.isCancelled() ? 1L << RUN_BITS : 0)
                | Math.min(control.lowestRun(), LARGEST_RUN);
    }

    private static int lowestRun(long number) {
        return (int) (number & LARGEST_RUN);
    }

    private static boolean isCancelled(long number) {
        return (number >>> RUN_BITS & 1) == 1;
    }

    private long get(long high, long low) {
        RunTable stripe = stripe(high, low);
        synchronized (stripe) {
            return stripe.get(high, low);
        }
    }

    private void put(UUID id, long number) {
        RunTable stripe = stripe(id.getMostSignificantBits(), id.getLeastSignificantBits());
        synchronized (stripe) {
            int before = stripe.size();
            stripe.put(id.getMostSignificantBits(), id.getLeastSignificantBits(), number);
            size.addAndGet(stripe.size() - before);
        }
    }

    private void remove(UUID id) {
        RunTable stripe = stripe(id.getMostSignificantBits(), id.getLeastSignificantBits());
        synchronized (stripe) {
            int before = stripe.size();
            stripe.remove(id.getMostSignificantBits(), id.getLeastSignificantBits());
            size.addAndGet(stripe.size() - before);
        }
    }

    /** By the last bits, which are a hash of the delivery's event and endpoint. */
    private RunTable stripe(long high, long low) {
        return stripes[(int) ((high ^ low) & (STRIPES - 1))];
    }
}
