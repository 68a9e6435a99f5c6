package io.stockhook.delivery.testing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Kafka's producer for tests, which can refuse records as the real one does: by the future and the callback, or by throwing. */
public final class LoopProducer extends MockProducer<byte[], byte[]> {

    private final AtomicInteger refusals = new AtomicInteger();
    private volatile Predicate<ProducerRecord<byte[], byte[]>> refused = target -> false;
    private volatile @Nullable KafkaException refusal;

    /** @param isAcknowledging whether every record is acknowledged at once; else one at a time, by {@link #completeNext} */
    public LoopProducer(boolean isAcknowledging) {
        super(isAcknowledging, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Refuses such records. An {@link ApiException} is told as the outcome of the send, anything else is thrown. */
    public void refuse(Predicate<ProducerRecord<byte[], byte[]>> which, KafkaException why) {
        refusal = why;
        refused = which;
    }

    /** Takes all records again. */
    public void refuseNothing() {
        refused = target -> false;
    }

    /** How many sends were refused. */
    public int refusals() {
        return refusals.get();
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> target) {
        return send(target, null);
    }

    @Override
    public synchronized Future<RecordMetadata> send(
            ProducerRecord<byte[], byte[]> target, @Nullable Callback callback) {
        KafkaException why = refusal;
        if (why == null || !refused.test(target)) {
            return super.send(target, callback);
        }
        refusals.incrementAndGet();
        if (!(why instanceof ApiException)) {
            throw why;
        }
        if (callback != null) {
            callback.onCompletion(null, why);
        }
        return CompletableFuture.failedFuture(why);
    }
}
