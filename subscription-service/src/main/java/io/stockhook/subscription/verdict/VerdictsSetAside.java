package io.stockhook.subscription.verdict;

import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.stockhook.events.delivery.DeadLetter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/** Where records go that are no verdicts: to the dead letters, with all that they had. */
@ApplicationScoped
class VerdictsSetAside {

    static final String CHANNEL = "verdicts-set-aside";

    private final MutinyEmitter<Record<byte[], byte[]>> emitter;

    VerdictsSetAside(@Channel(CHANNEL) MutinyEmitter<Record<byte[], byte[]>> emitter) {
        this.emitter = emitter;
    }

    /**
     * Sets a record aside. When this returns, the broker has it.
     *
     * @param why what is wrong with it, for a person
     */
    void put(ConsumerRecord<byte[], byte[]> source, String why) {
        ProducerRecord<byte[], byte[]> target = DeadLetter.of(source, why, Instant.now());
        emitter.sendMessageAndAwait(Message.of(
                Record.of(target.key(), target.value()),
                Metadata.of(OutgoingKafkaRecordMetadata.builder()
                        .withHeaders(target.headers())
                        .build())));
    }
}
