package io.stockhook.inventory.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StockLevelProperties {

    @Property
    void noSequenceOfMovementsTakesAQuantityBelowZero(@ForAll("movements") List<StockMove> moves) {
        StockLevel level = new StockLevel(0, 0, 3);
        for (StockMove move : moves) {
            level = afterOrSame(level, move);
            assertThat(level.quantity()).isNotNegative();
            assertThat(level.reserved()).isNotNegative();
        }
    }

    @Property
    void reservationsMoveGoodsAndNeitherMakeNorLoseThem(@ForAll("movements") List<StockMove> moves) {
        StockLevel level = new StockLevel(20, 0, 3);
        for (StockMove move : moves) {
            StockLevel after = afterOrSame(level, move);
            if (move.type() == MovementType.RESERVATION || move.type() == MovementType.RELEASE) {
                assertThat(after.quantity() + after.reserved()).isEqualTo(level.quantity() + level.reserved());
            }
            level = after;
        }
    }

    @Property
    void outAndBackFollowEachOtherInTurn(@ForAll("movements") List<StockMove> moves) {
        StockLevel level = new StockLevel(5, 0, 0);
        List<StockLevel.Crossing> told = new ArrayList<>();
        for (StockMove move : moves) {
            StockLevel after = afterOrSame(level, move);
            told.addAll(level.crossingsTo(after));
            level = after;
        }
        for (int i = 0; i < told.size(); i++) {
            assertThat(told.get(i)).isEqualTo(i % 2 == 0 ? StockLevel.Crossing.OUT : StockLevel.Crossing.BACK);
        }
    }

    @Provide
    Arbitrary<List<StockMove>> movements() {
        return Combinators.combine(
                        Arbitraries.of(MovementType.class), Arbitraries.longs().between(1, 12))
                .as((type, quantity) -> new StockMove(type, quantity, null, null))
                .list()
                .ofMaxSize(60);
    }

    private static StockLevel afterOrSame(StockLevel level, StockMove move) {
        try {
            return level.after(move);
        } catch (StockRefusedException e) {
            return level;
        }
    }
}
