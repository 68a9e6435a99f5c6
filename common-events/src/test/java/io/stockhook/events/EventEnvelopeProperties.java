package io.stockhook.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.time.api.DateTimes;
import org.apache.kafka.common.header.internals.RecordHeaders;

class EventEnvelopeProperties {

    @Property(tries = 500)
    void anEventIsReadAsItWasWritten(@ForAll("events") EventEnvelope event) {
        // When
        EventEnvelope read = EventEnvelope.read(new RecordHeaders(event.headers()), event.data());

        // Then
        assertThat(read).usingRecursiveComparison().isEqualTo(event);
        assertThat(read.recordKey()).isEqualTo(event.recordKey());
    }

    @Property(tries = 500)
    void anyHeaderValuesAreAnEventOrMalformed(@ForAll("events") EventEnvelope event, @ForAll byte[] value) {
        event.headers().forEach(header -> {
            // Given
            RecordHeaders headers = new RecordHeaders(event.headers());
            headers.remove(header.key()).add(header.key(), value);

            try {
                // When
                EventEnvelope read = EventEnvelope.read(headers, event.data());

                // Then
                assertThat(Ids.delivery(read.id(), "wh_1", read.time())).isNotNull();
            } catch (MalformedRecordException malformed) {
                assertThat(malformed).message().isNotBlank();
            }
        });
    }

    @Provide
    Arbitrary<EventEnvelope> events() {
        Arbitrary<String> required = Arbitraries.strings()
                .withCharRange('\0', '\uD7FF')
                .ofMinLength(1)
                .ofMaxLength(20);
        Arbitrary<Instant> times = DateTimes.instants().between(Instant.EPOCH, Instant.parse("9999-12-31T23:59:59Z"));
        return Combinators.combine(
                        required.array(String[].class).ofSize(4),
                        required.injectNull(0.3).array(String[].class).ofSize(3),
                        times,
                        times.injectNull(0.5),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(50))
                .as((text, optional, time, deliverAt, data) -> new EventEnvelope(
                        text[0],
                        text[1],
                        text[2],
                        optional[0],
                        time,
                        text[3],
                        optional[1],
                        deliverAt,
                        optional[2],
                        data));
    }
}
