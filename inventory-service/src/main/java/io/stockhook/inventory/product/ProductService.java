package io.stockhook.inventory.product;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.stockhook.events.Ids;
import io.stockhook.events.MicroClock;
import io.stockhook.web.auth.Caller;
import io.stockhook.web.etag.EntityTags;
import io.stockhook.web.paging.PageQuery;
import io.stockhook.web.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/**
 * Changes the caller's products and tells what happened, in one transaction each.
 *
 * <p>Every change takes the product's row lock first. That serialises the changes of one product, so versions have no gaps,
 * the ledger adds up, and events go out in the order of versions.
 */
@ApplicationScoped
public class ProductService {

    private static final String KIND = "product";
    private static final String UNIQUE_SKU = "product_sku_unique";

    private final ProductRepository products;
    private final ProductEvents events;
    private final StockLedger ledger;
    private final Caller caller;

    ProductService(ProductRepository products, ProductEvents events, StockLedger ledger, Caller caller) {
        this.products = products;
        this.events = events;
        this.ledger = ledger;
        this.caller = caller;
    }

    /**
     * Creates a product.
     *
     * @throws HttpProblem 409 if the tenant has another one of this sku
     */
    @Transactional
    Product create(ProductDetails details, StockLevel stock) {
        Instant now = MicroClock.now();
        Product product = new Product(Ids.next(Ids.Kind.PRODUCT), caller.tenantId(), details, stock, 1, now, now);
        products.persist(ProductEntity.of(product));
        flush(product);
        events.created(product);
        if (stock.quantity() > 0) {
            ledger.opened(product);
        }
        return product;
    }

    /**
     * One product.
     *
     * @throws HttpProblem 404 if the tenant has none of this id
     */
    @Transactional
    public Product get(String id) {
        return products.findOfTenant(caller.tenantId(), id)
                .map(ProductEntity::toProduct)
                .orElseThrow(() -> Problems.notFound(KIND, id));
    }

    /** The products of a page, and one more if there is a next page. */
    @Transactional
    List<Product> list(ProductFilter filter, ProductSort sort, PageQuery page) {
        var after = page.after(sort::parsePosition).orElse(null);
        return products.listOfTenant(caller.tenantId(), filter, sort, after, page.fetchSize());
    }

    /**
     * Changes a product as the given function says. What changes its quantity is an adjustment in the ledger; what changes
     * nothing makes no version and no event.
     *
     * @param ifMatch the version that the caller saw, as an entity tag; null if it does not care
     * @param change gives the product as it is to be; its version and times do not count
     * @throws HttpProblem 404, 409 for a sku that is taken, 412
     */
    @Transactional
    Product change(String id, @Nullable String ifMatch, UnaryOperator<Product> change) {
        ProductEntity entity = lock(id);
        Product before = entity.toProduct();
        EntityTags.requireMatch(ifMatch, before.version());
        Product after = save(entity, before, change.apply(before));
        long difference = after.stock().quantity() - before.stock().quantity();
        if (difference != 0) {
            StockMove adjustment = new StockMove(MovementType.ADJUSTMENT, difference, "Product changed", null);
            ledger.moved(new StockChange(after, before.stock(), adjustment));
        }
        tellCrossings(before, after);
        return after;
    }

    /**
     * Moves a product's stock.
     *
     * @return the id of the ledger's line
     * @throws HttpProblem 404
     * @throws StockRefusedException if there is not enough to take, or no room to put
     */
    @Transactional
    public String move(String id, StockMove move) {
        ProductEntity entity = lock(id);
        Product before = entity.toProduct();
        Product after = save(
                entity, before, before.with(before.details(), before.stock().after(move)));
        String movementId = ledger.moved(new StockChange(after, before.stock(), move));
        tellCrossings(before, after);
        return movementId;
    }

    /**
     * Deletes a product. Its ledger stays.
     *
     * @throws HttpProblem 404, 412
     */
    @Transactional
    void delete(String id, @Nullable String ifMatch) {
        ProductEntity entity = lock(id);
        Product last = entity.toProduct();
        EntityTags.requireMatch(ifMatch, last.version());
        products.delete(entity);
        events.deleted(last, laterThan(last));
    }

    /** Makes the wanted product the following version and tells so, unless nothing differs. */
    private Product save(ProductEntity entity, Product before, Product wanted) {
        List<FieldChange> changes = ProductChanges.between(before, wanted);
        if (changes.isEmpty()) {
            return before;
        }
        Product after = wanted.next(laterThan(before));
        entity.set(after);
        flush(after);
        events.updated(after, changes);
        return after;
    }

    private void tellCrossings(Product before, Product after) {
        before.stock().crossingsTo(after.stock()).forEach(crossing -> events.crossed(crossing, after));
    }

    private ProductEntity lock(String id) {
        return products.lockOfTenant(caller.tenantId(), id).orElseThrow(() -> Problems.notFound(KIND, id));
    }

    private void flush(Product product) {
        try {
            products.flush();
        } catch (ConstraintViolationException e) {
            if (UNIQUE_SKU.equals(e.getConstraintName())) {
                throw Problems.conflict(
                        "sku",
                        "There is another product of sku '%s'."
                                .formatted(product.details().sku()));
            }
            throw e;
        }
    }

    /** Now, or just after the last change where the clock has gone back: times follow versions. */
    private static Instant laterThan(Product before) {
        Instant now = MicroClock.now();
        return now.isAfter(before.updatedAt()) ? now : before.updatedAt().plus(1, ChronoUnit.MICROS);
    }
}
