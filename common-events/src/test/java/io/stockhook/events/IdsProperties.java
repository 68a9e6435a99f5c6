package io.stockhook.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class IdsProperties {

    /** The last millisecond that the 48 bits of an identifier hold. */
    private static final long LAST_MILLI = (1L << 48) - 1;

    @Property(tries = 500)
    void sortByTheirTime(
            @ForAll @LongRange(max = LAST_MILLI) long one,
            @ForAll @LongRange(max = LAST_MILLI) long other,
            @ForAll String name) {
        // When
        String first = Ids.derived(Ids.Kind.DELIVERY, Instant.ofEpochMilli(one), name);
        String second = Ids.derived(Ids.Kind.DELIVERY, Instant.ofEpochMilli(other), name);

        // Then
        assertThat(Integer.signum(first.compareTo(second))).isEqualTo(Long.compare(one, other));
        assertThat(Ids.time(Ids.Kind.DELIVERY, first)).isEqualTo(Instant.ofEpochMilli(one));
    }

    @Property(tries = 300)
    void haveTheShapeOfTheirKindWhateverTheyAreDerivedFrom(
            @ForAll @LongRange(min = -62_167_219_200_000L, max = 253_402_300_799_999L) long millis,
            @ForAll String eventId,
            @ForAll String endpointId) {
        // When
        String id = Ids.delivery(eventId, endpointId, Instant.ofEpochMilli(millis));

        // Then
        assertThat(Ids.isA(Ids.Kind.DELIVERY, id)).isTrue();
        assertThat(Ids.uuid(Ids.Kind.DELIVERY, id).version()).isEqualTo(7);
        assertThat(Ids.delivery(eventId, endpointId, Instant.ofEpochMilli(millis)))
                .isEqualTo(id);
    }

    @Property(tries = 300)
    void holdTheirUuid(@ForAll long high, @ForAll long low) {
        assertThat(Ids.uuid(Ids.Kind.EVENT, Ids.format(Ids.Kind.EVENT, new UUID(high, low))))
                .isEqualTo(new UUID(high, low));
    }
}
