package io.stockhook.delivery.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RunTableProperties {

    @Property(tries = 300)
    void holdsWhatAMapWouldHold(@ForAll @Size(max = 600) List<@IntRange(max = 299) Integer> steps) {
        // Given
        RunTable table = new RunTable();
        Map<UUID, Long> model = new HashMap<>();

        // When
        for (int i = 0; i < steps.size(); i++) {
            UUID key = key(steps.get(i) % 100);
            if (steps.get(i) < 200) {
                table.put(key.getMostSignificantBits(), key.getLeastSignificantBits(), i + 1L);
                model.put(key, i + 1L);
            } else {
                table.remove(key.getMostSignificantBits(), key.getLeastSignificantBits());
                model.remove(key);
            }
        }

        // Then
        assertHolds(table, model);
    }

    @Property(tries = 100)
    void keepsWhatIsRetained(@ForAll @Size(max = 300) List<@IntRange(max = 99) Integer> keys) {
        // Given
        RunTable table = new RunTable();
        Map<UUID, Long> model = new HashMap<>();
        for (int number : keys) {
            table.put(key(number).getMostSignificantBits(), key(number).getLeastSignificantBits(), 1);
            model.put(key(number), 1L);
        }

        // When
        table.retainOnly((high, low) -> (low & 1) == 0);

        // Then
        model.keySet().removeIf(key -> (key.getLeastSignificantBits() & 1) != 0);
        assertHolds(table, model);
    }

    private static void assertHolds(RunTable table, Map<UUID, Long> model) {
        assertThat(table.size()).isEqualTo(model.size());
        for (int number = 0; number < 100; number++) {
            UUID key = key(number);
            assertThat(table.get(key.getMostSignificantBits(), key.getLeastSignificantBits()))
                    .isEqualTo(model.getOrDefault(key, 0L));
        }
    }

    /** Few hashes for many keys, so that places are fought for. */
    private static UUID key(int number) {
        return new UUID(number, number % 7);
    }
}
