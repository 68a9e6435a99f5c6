package io.stockhook.web.outbox;

import io.agroal.api.AgroalDataSource;
import io.stockhook.events.outbox.OutboxRecord;
import io.stockhook.events.outbox.OutboxTable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * State and event in one transaction: what is appended is published if and only if the transaction commits, at least once and
 * in the order of appending.
 *
 * <p>Order between transactions is that of their row locks: take the lock on what an event is about before appending it.
 * Thread-safe.
 */
@ApplicationScoped
public class TransactionalOutbox {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

    private final AgroalDataSource dataSource;
    private final TransactionSynchronizationRegistry transactions;
    private final ServiceOutboxRelay relay;

    TransactionalOutbox(
            AgroalDataSource dataSource, TransactionSynchronizationRegistry transactions, ServiceOutboxRelay relay) {
        this.dataSource = dataSource;
        this.transactions = transactions;
        this.relay = relay;
    }

    /**
     * Adds a record to the current JTA transaction and wakes the relay once that has committed.
     *
     * @return the record's place in the outbox, for {@link #awaitPublished}
     * @throws IllegalStateException if no transaction is active, or the database refuses the row
     */
    public long append(OutboxRecord outboxRecord) {
        if (transactions.getTransactionStatus() != Status.STATUS_ACTIVE) {
            throw new IllegalStateException("an outbox record outside a transaction would belong to no change");
        }
        long id;
        // The pool hands out the connection that is enlisted in the transaction; closing it is the transaction's to do.
        try (Connection connection = dataSource.getConnection()) {
            id = OutboxTable.append(connection, outboxRecord);
        } catch (SQLException e) {
            throw new IllegalStateException("outbox record not written: topic=" + outboxRecord.topic(), e);
        }
        transactions.registerInterposedSynchronization(new WakeUp());
        return id;
    }

    /**
     * Waits until a record is acknowledged by the broker. To be called after its transaction has committed, on a thread that
     * may block.
     *
     * @return false if that took longer than {@code atMost}; the record is published later all the same
     * @throws IllegalStateException if the database cannot be asked
     */
    public boolean awaitPublished(long id, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        long pause = FIRST_PAUSE.toNanos();
        while (isPending(id)) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            if (!pause(Math.min(pause, left))) {
                return false;
            }
            pause = Math.min(2 * pause, LONGEST_PAUSE.toNanos());
        }
        return true;
    }

    private boolean isPending(long id) {
        try (Connection connection = dataSource.getConnection()) {
            return OutboxTable.isPending(connection, id);
        } catch (SQLException e) {
            throw new IllegalStateException("outbox cannot be read", e);
        }
    }

    private static boolean pause(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private final class WakeUp implements Synchronization {

        @Override
        public void beforeCompletion() {
            // nothing is visible to the relay before the commit
        }

        @Override
        public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
                relay.signal();
            }
        }
    }
}
