package io.stockhook.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTests {

    private static final Instant EVENT_TIME = Instant.parse("2026-01-02T03:04:05.678Z");

    @ParameterizedTest
    @EnumSource
    void areAPrefixAndAVersion7Uuid(Ids.Kind kind) {
        // When
        String id = Ids.next(kind);

        // Then
        assertThat(id).matches(kind.prefix() + "_[0-9a-f]{32}");
        assertThat(Ids.isA(kind, id)).isTrue();
        assertThat(Ids.uuid(kind, id).version()).isEqualTo(7);
        assertThat(Ids.uuid(kind, id).variant()).isEqualTo(2);
        assertThat(Ids.format(kind, Ids.uuid(kind, id))).isEqualTo(id);
    }

    @Test
    void carryTheMillisecondTheyWereMadeIn() {
        // Given
        Instant before = Instant.now().minusMillis(1);

        // When
        String id = Ids.next(Ids.Kind.EVENT);

        // Then
        assertThat(Ids.time(Ids.Kind.EVENT, id)).isBetween(before, before.plus(Duration.ofMinutes(1)));
    }

    @Test
    void areUnique() {
        // When
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            ids.add(Ids.next(Ids.Kind.EVENT));
        }

        // Then
        assertThat(ids).hasSize(10_000);
    }

    @Test
    void ofADeliveryNeverChange() {
        // A stored delivery has to be known again by every later version.
        assertThat(Ids.delivery("evt_1", "wh_1", EVENT_TIME)).isEqualTo("dlv_019b7ca98f2e779c93e619705b5bdb2b");
    }

    @Test
    void ofADeliveryDifferByEventAndEndpoint() {
        // When
        Set<String> ids = Set.of(
                Ids.delivery("evt_1", "wh_1", EVENT_TIME),
                Ids.delivery("evt_1", "wh_2", EVENT_TIME),
                Ids.delivery("evt_2", "wh_1", EVENT_TIME),
                Ids.delivery("evt_1", "wh_1", EVENT_TIME.plusMillis(1)));

        // Then
        assertThat(ids).hasSize(4);
    }

    @Test
    void ofADeliveryIgnoreWhatIsBelowTheMillisecond() {
        assertThat(Ids.delivery("evt_1", "wh_1", EVENT_TIME.plusNanos(999_999)))
                .isEqualTo(Ids.delivery("evt_1", "wh_1", EVENT_TIME));
    }

    @Test
    void ofWhatWasBefore1970SortFirst() {
        // When
        String id = Ids.derived(Ids.Kind.EVENT, Instant.parse("1969-07-20T20:17:40Z"), "landing");

        // Then
        assertThat(Ids.time(Ids.Kind.EVENT, id)).isEqualTo(Instant.EPOCH);
        assertThat(id).isLessThan(Ids.derived(Ids.Kind.EVENT, EVENT_TIME, "landing"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evt_",
                "evt",
                "wh_00000000000070008000000000000000",
                "evt_0000000000007000800000000000000",
                "evt_000000000000700080000000000000000",
                "evt_0000000000007000800000000000000G",
                "evt_0000000000007000800000000000000A",
                "EVT_00000000000070008000000000000000",
                "evt_00000000000070008000000000000000\n",
                " evt_00000000000070008000000000000000"
            })
    void areToldFromAnythingElse(String text) {
        assertThat(Ids.isA(Ids.Kind.EVENT, text)).isFalse();
        assertThatThrownBy(() -> Ids.uuid(Ids.Kind.EVENT, text)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ids.time(Ids.Kind.EVENT, text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void holdEveryBitOfTheirUuid() {
        // Given
        UUID uuid = UUID.fromString("ffffffff-ffff-7fff-bfff-ffffffffffff");

        // When
        String id = Ids.format(Ids.Kind.WEBHOOK, uuid);

        // Then
        assertThat(id).isEqualTo("wh_ffffffffffff7fffbfffffffffffffff");
        assertThat(Ids.uuid(Ids.Kind.WEBHOOK, id)).isEqualTo(uuid);
    }
}
