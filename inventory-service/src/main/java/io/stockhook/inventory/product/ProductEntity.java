package io.stockhook.inventory.product;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of the product table. */
@Entity(name = "Product")
@Table(name = "product")
class ProductEntity {

    @Id
    private String id;

    @Column(name = "tenant_id", updatable = false)
    private String tenantId;

    @Column
    private String sku;

    @Column
    private String name;

    private @Nullable String description;
    private @Nullable String category;
    private @Nullable String brand;
    private @Nullable String supplier;

    @Column
    private BigDecimal price;

    /** {@link Prices#rank}, computed by the database: what the list is sorted and filtered by. */
    @Column(name = "price_rank", insertable = false, updatable = false)
    private long priceRank;

    @Column
    private String currency;

    @Column
    @Convert(converter = AttributesConverter.class)
    private ObjectNode attributes;

    private long quantity;
    private long reserved;
    private long threshold;

    /** Counted by the service under the row's lock, since a change that changes nothing makes no version. */
    private long version;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    /** For Hibernate. */
    protected ProductEntity() {}

    static ProductEntity of(Product product) {
        ProductEntity entity = new ProductEntity();
        entity.id = product.id();
        entity.tenantId = product.tenantId();
        entity.createdAt = product.createdAt();
        entity.set(product);
        return entity;
    }

    /** Takes over everything that can change. */
    final void set(Product product) {
        ProductDetails details = product.details();
        sku = details.sku();
        name = details.name();
        description = details.description();
        category = details.category();
        brand = details.brand();
        supplier = details.supplier();
        price = details.price();
        currency = details.currency();
        attributes = details.attributes();
        quantity = product.stock().quantity();
        reserved = product.stock().reserved();
        threshold = product.stock().threshold();
        version = product.version();
        updatedAt = product.updatedAt();
    }

    Product toProduct() {
        return new Product(
                id,
                tenantId,
                new ProductDetails(sku, name, description, category, brand, supplier, price, currency, attributes),
                new StockLevel(quantity, reserved, threshold),
                version,
                createdAt,
                updatedAt);
    }
}
