package io.stockhook.events.outbox;

import io.stockhook.events.Topics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the outbox table in id order, one active relay per database.
 *
 * <p>The active one holds an advisory lock on a connection of its own, and its producer a fixed {@code transactional.id}: should
 * the lock pass on while a former holder still has records in its buffers, those are fenced. A compacted topic keeps the record
 * with the last offset, so a late record of an old relay would bring an old state back.
 *
 * <p>Readers need no {@code read_committed}: a row is there only because its change is committed in the database, so a record of
 * an aborted batch is true as well and comes again with the same id.
 */
public final class OutboxRelay implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final int RETRY_BACKOFF_MS = 2;
    private static final int PATIENCE_SECONDS = 5;
    /** Where a batch of long records ends before it has its number of them. */
    private static final int BATCH_BYTES = 4 * 1024 * 1024;

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final String TRY_LOCK = "select pg_try_advisory_lock(hashtextextended(?, 0))";

    private final DataSource dataSource;
    private final Map<String, Object> producerSettings;
    private final String transactionalId;
    private final Settings settings;
    private final Semaphore wakeUp = new Semaphore(0);
    private final Thread thread;
    private volatile boolean running = true;
    private volatile boolean connected;
    /** When the batch under way was begun, by {@link System#nanoTime()}; null between batches. */
    private volatile @Nullable Long batchSince;

    /**
     * How a relay works.
     *
     * @param batchSize how many rows it publishes at once
     * @param pollInterval how long it sleeps unless it is woken; what another instance wrote waits no longer than this
     * @param retryInterval how long it waits after the database or the broker refused
     */
    public record Settings(int batchSize, Duration pollInterval, Duration retryInterval) {}

    /**
     * A relay that is not started yet.
     *
     * @param clientSettings at least {@code bootstrap.servers}
     * @param transactionalId the same for all instances of a service, no other service's
     */
    public OutboxRelay(
            DataSource dataSource, Map<String, Object> clientSettings, String transactionalId, Settings settings) {
        this.dataSource = dataSource;
        this.transactionalId = transactionalId;
        this.settings = settings;
        this.producerSettings = new HashMap<>(clientSettings);
        producerSettings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        producerSettings.put(ProducerConfig.ACKS_CONFIG, "all");
        producerSettings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        producerSettings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // A transaction that follows at once finds the one before not quite completed; the default waits 100 ms for it.
        producerSettings.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, RETRY_BACKOFF_MS);
        producerSettings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
        this.thread = new Thread(this::run, "outbox-relay");
        thread.setDaemon(true);
    }

    /** Begins to publish. */
    public void start() {
        thread.start();
    }

    /** Says that a transaction with outbox rows has been committed here. Never blocks. */
    public void signal() {
        if (wakeUp.availablePermits() == 0) {
            wakeUp.release();
        }
    }

    /**
     * Whether it publishes or stands by for another instance; not while database or broker refuse, or a batch has gone
     * unanswered for {@value #PATIENCE_SECONDS} seconds.
     */
    public boolean isHealthy() {
        Long since = batchSince;
        return connected
                && thread.isAlive()
                && (since == null || System.nanoTime() - since < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
    }

    /** Finishes the batch under way and stops. */
    @Override
    public void close() {
        running = false;
        signal();
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (running) {
            try (Connection connection = dataSource.getConnection()) {
                if (tryLock(connection)) {
                    publishWhileLocked(connection);
                } else {
                    connected = true;
                    pause(settings.pollInterval());
                }
            } catch (SQLException | RuntimeException e) {
                connected = false;
                batchSince = null;
                LOG.warnf(e, "outbox relay interrupted, tries again: transactional_id=%s", transactionalId);
                pause(settings.retryInterval());
            }
        }
    }

    private boolean tryLock(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(TRY_LOCK)) {
            lock.setString(1, transactionalId);
            try (ResultSet row = lock.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private void publishWhileLocked(Connection connection) throws SQLException {
        try (Producer<String, byte[]> producer =
                new KafkaProducer<>(producerSettings, new StringSerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            connected = true;
            LOG.infof("outbox relay active: transactional_id=%s", transactionalId);
            while (running) {
                List<OutboxTable.Row> rows = OutboxTable.oldest(connection, settings.batchSize(), BATCH_BYTES);
                if (rows.isEmpty()) {
                    pause(settings.pollInterval());
                } else {
                    batchSince = System.nanoTime();
                    publish(producer, rows);
                    OutboxTable.delete(connection, rows);
                    batchSince = null;
                }
            }
        } finally {
            unlock(connection);
        }
    }

    private static void publish(Producer<String, byte[]> producer, List<OutboxTable.Row> rows) {
        producer.beginTransaction();
        for (OutboxTable.Row row : rows) {
            OutboxRecord content = row.content();
            producer.send(
                    new ProducerRecord<>(content.topic(), null, content.key(), content.value(), content.headers()));
        }
        // Waits for every acknowledgement and throws if one of the sends has failed.
        producer.commitTransaction();
    }

    private static void unlock(Connection connection) throws SQLException {
        if (!connection.isClosed()) {
            try (PreparedStatement unlock = connection.prepareStatement("select pg_advisory_unlock_all()")) {
                unlock.execute();
            }
        }
    }

    private void pause(Duration atMost) {
        try {
            if (wakeUp.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                wakeUp.drainPermits();
            }
        } catch (InterruptedException e) {
            running = false;
        }
    }
}
