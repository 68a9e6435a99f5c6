package io.stockhook.inventory.stock;

import io.stockhook.events.Ids;
import io.stockhook.inventory.outbox.EventPublisher;
import io.stockhook.inventory.product.MovementType;
import io.stockhook.inventory.product.Product;
import io.stockhook.inventory.product.StockChange;
import io.stockhook.inventory.product.StockLedger;
import io.stockhook.inventory.product.StockLevel;
import io.stockhook.inventory.product.StockMove;
import io.stockhook.web.auth.Caller;
import jakarta.enterprise.context.ApplicationScoped;

/** The ledger in its table. */
@ApplicationScoped
class PersistentStockLedger implements StockLedger {

    private static final String STOCK_CHANGED = "inventory.stock_changed";

    private final MovementRepository movements;
    private final EventPublisher events;
    private final Caller caller;

    PersistentStockLedger(MovementRepository movements, EventPublisher events, Caller caller) {
        this.movements = movements;
        this.events = events;
        this.caller = caller;
    }

    /** No event of its own: {@code product.created} has just said how many there are. */
    @Override
    public void opened(Product product) {
        StockLevel nothing = new StockLevel(0, 0, product.stock().threshold());
        StockMove opening =
                new StockMove(MovementType.ADJUSTMENT, product.stock().quantity(), "Product created", null);
        write(new StockChange(product, nothing, opening));
    }

    @Override
    public String moved(StockChange change) {
        String id = write(change);
        Product product = change.product();
        events.publish(
                STOCK_CHANGED, product.tenantId(), product.id(), product.updatedAt(), StockChangedData.of(id, change));
        return id;
    }

    private String write(StockChange change) {
        String id = Ids.next(Ids.Kind.STOCK_MOVEMENT);
        movements.persist(MovementEntity.of(id, change, caller.subject()));
        return id;
    }
}
