package io.stockhook.inventory.product;

import static io.stockhook.inventory.product.StockLevel.Crossing.BACK;
import static io.stockhook.inventory.product.StockLevel.Crossing.LOW;
import static io.stockhook.inventory.product.StockLevel.Crossing.OUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StockLevelTests {

    @ParameterizedTest(name = "{0} of {1} leaves {2} and {3} reserved")
    @CsvSource({
        "INFLOW, 3, 13, 4",
        "OUTFLOW, 3, 7, 4",
        "OUTFLOW, 10, 0, 4",
        "ADJUSTMENT, 3, 13, 4",
        "ADJUSTMENT, -3, 7, 4",
        "RESERVATION, 3, 7, 7",
        "RELEASE, 3, 13, 1",
        "RELEASE, 4, 14, 0"
    })
    void aMovementMovesTheLevel(MovementType type, long quantity, long available, long reserved) {
        // When
        StockLevel after = new StockLevel(10, 4, 5).after(move(type, quantity));

        // Then
        assertThat(after).isEqualTo(new StockLevel(available, reserved, 5));
    }

    @ParameterizedTest(name = "{0} of {1} is refused")
    @CsvSource(delimiter = '|', textBlock = """
                    OUTFLOW     | 11            | An outflow of 11 is more than there is: 10.
                    ADJUSTMENT  | -11           | An adjustment of 11 is more than there is: 10.
                    RESERVATION | 11            | A reservation of 11 is more than there is: 10.
                    RELEASE     | 5             | A release of 5 is more than is reserved: 4.
                    INFLOW      | 1000000000000 | More than 1000000000000 of a product cannot be kept.
                    """)
    void whatIsNotThereCannotBeTaken(MovementType type, long quantity, String reason) {
        assertThatThrownBy(() -> new StockLevel(10, 4, 5).after(move(type, quantity)))
                .isInstanceOf(StockRefusedException.class)
                .hasMessage(reason);
    }

    @ParameterizedTest(name = "from {0} to {1} with threshold 5 crosses {2}")
    @CsvSource({
        "10, 6, ''",
        "10, 5, LOW",
        "10, 0, LOW OUT",
        "5, 4, ''",
        "5, 0, OUT",
        "0, 3, BACK",
        "0, 10, BACK",
        "4, 10, ''",
        "7, 7, ''"
    })
    void eachLineIsCrossedOnce(long before, long after, String expected) {
        // When
        var crossed = new StockLevel(before, 0, 5).crossingsTo(new StockLevel(after, 0, 5));

        // Then
        assertThat(crossed)
                .isEqualTo(Arrays.stream(expected.split(" "))
                        .filter(name -> !name.isEmpty())
                        .map(StockLevel.Crossing::valueOf)
                        .toList());
    }

    @Test
    void withoutAThresholdNothingIsLow() {
        assertThat(new StockLevel(10, 0, 0).crossingsTo(new StockLevel(0, 0, 0)))
                .isEqualTo(List.of(OUT));
    }

    @Test
    void aThresholdRaisedAboveTheQuantityIsACrossing() {
        assertThat(new StockLevel(10, 0, 5).crossingsTo(new StockLevel(10, 0, 20)))
                .isEqualTo(List.of(LOW));
    }

    @Test
    void whatComesBackBelowItsThresholdIsBackAndNotLowOnceMore() {
        assertThat(new StockLevel(0, 0, 5).crossingsTo(new StockLevel(2, 0, 5))).isEqualTo(List.of(BACK));
    }

    private static StockMove move(MovementType type, long quantity) {
        return new StockMove(type, quantity, null, null);
    }
}
