package io.stockhook.delivery.stream;

import org.apache.kafka.clients.producer.ProducerRecord;

/** Where a loop puts the records that its work gives rise to. */
@FunctionalInterface
public interface RecordSink {

    /** Takes a record to be produced. */
    void put(ProducerRecord<byte[], byte[]> target);
}
