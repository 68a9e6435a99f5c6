package io.stockhook.inventory.stock;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.stockhook.inventory.product.MovementType;
import io.stockhook.inventory.product.ProductService;
import io.stockhook.inventory.product.StockMove;
import io.stockhook.inventory.product.StockRefusedException;
import io.stockhook.web.auth.Caller;
import io.stockhook.web.paging.PageQuery;
import io.stockhook.web.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;

/** Moves the stock of the caller's products and shows how it moved. */
@ApplicationScoped
class StockService {

    private static final String QUANTITY = "quantity";

    private final ProductService products;
    private final MovementRepository movements;
    private final Caller caller;

    StockService(ProductService products, MovementRepository movements, Caller caller) {
        this.products = products;
        this.movements = movements;
        this.caller = caller;
    }

    /**
     * Moves a product's stock.
     *
     * @throws HttpProblem 400 for a quantity that is none of this type, 404, 409 saying what is there
     */
    @Transactional
    MovementView move(String productId, MovementRequest request) {
        requireSign(request);
        try {
            String movementId = products.move(
                    productId,
                    new StockMove(request.type(), request.quantity(), request.reason(), request.reference()));
            return get(movementId);
        } catch (StockRefusedException e) {
            throw Problems.conflict(QUANTITY, e.reason());
        }
    }

    /**
     * One line of the ledger.
     *
     * @throws HttpProblem 404
     */
    @Transactional
    MovementView get(String id) {
        return movements
                .findOfTenant(caller.tenantId(), id)
                .map(entity -> entity.toMovement().view())
                .orElseThrow(() -> Problems.notFound("stock movement", id));
    }

    /** The ledger's lines on a page, newest first, and one more if there is a next page. */
    @Transactional
    List<Movement> list(MovementFilter filter, PageQuery page) {
        return movements.listOfTenant(
                caller.tenantId(), filter, page.after(Long::valueOf).orElse(null), page.fetchSize());
    }

    /**
     * The lines of one product.
     *
     * @throws HttpProblem 404 if there is no such product
     */
    @Transactional
    List<Movement> listOfProduct(String productId, PageQuery page) {
        products.get(productId);
        return list(new MovementFilter(productId, null), page);
    }

    private static void requireSign(MovementRequest request) {
        boolean adjusts = request.type() == MovementType.ADJUSTMENT;
        if (request.quantity() == 0 || (request.quantity() < 0 && !adjusts)) {
            throw Problems.badField(
                    QUANTITY,
                    adjusts ? "Must be the difference, below or above 0." : "Must be 1 or more for this type.");
        }
    }
}
