package io.stockhook.inventory.product;

import io.stockhook.inventory.outbox.EventPublisher;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** Tells the world what happened to a product. */
@Singleton
class ProductEvents {

    private static final String CREATED = "product.created";
    private static final String UPDATED = "product.updated";
    private static final String DELETED = "product.deleted";
    private static final String OUT_OF_STOCK = "product.out_of_stock";
    private static final String BACK_IN_STOCK = "product.back_in_stock";
    private static final String LOW_STOCK = "inventory.low_stock";

    private final EventPublisher publisher;

    ProductEvents(EventPublisher publisher) {
        this.publisher = publisher;
    }

    void created(Product product) {
        publish(CREATED, product, product.updatedAt(), ProductData.of(product));
    }

    void updated(Product product, List<FieldChange> changes) {
        publish(UPDATED, product, product.updatedAt(), new ProductUpdatedData(ProductData.of(product), changes));
    }

    void crossed(StockLevel.Crossing crossing, Product product) {
        switch (crossing) {
            case LOW -> publish(LOW_STOCK, product, product.updatedAt(), LowStockData.of(product));
            case OUT -> publish(OUT_OF_STOCK, product, product.updatedAt(), ProductData.of(product));
            case BACK -> publish(BACK_IN_STOCK, product, product.updatedAt(), ProductData.of(product));
        }
    }

    /** @param last the product as it was last */
    void deleted(Product last, Instant when) {
        publish(DELETED, last, when, ProductData.of(last));
    }

    private void publish(String type, Product product, Instant time, Record data) {
        publisher.publish(type, product.tenantId(), product.id(), time, data);
    }
}
