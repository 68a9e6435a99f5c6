package io.stockhook.inventory.stock;

import io.stockhook.inventory.product.MovementType;
import io.stockhook.inventory.product.Product;
import io.stockhook.inventory.product.StockChange;
import io.stockhook.inventory.product.StockLevel;
import io.stockhook.inventory.product.StockMove;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of the ledger. */
@Entity(name = "Movement")
@Table(name = "stock_movement")
@Immutable
class MovementEntity {

    /** Its place in the ledger, given by the database under the product's row lock. */
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long position;

    @Column
    private String id;

    @Column(name = "tenant_id")
    private String tenantId;

    @Column(name = "product_id")
    private String productId;

    @Column
    @Enumerated(EnumType.STRING)
    private MovementType type;

    private long quantity;

    @Column(name = "quantity_before")
    private long quantityBefore;

    @Column(name = "quantity_after")
    private long quantityAfter;

    @Column(name = "reserved_after")
    private long reservedAfter;

    private @Nullable String reason;
    private @Nullable String reference;

    @Column
    private String actor;

    @Column(name = "created_at")
    private Instant createdAt;

    /** For Hibernate. */
    protected MovementEntity() {}

    static MovementEntity of(String id, StockChange change, String actor) {
        Product product = change.product();
        StockLevel after = product.stock();
        StockMove move = change.move();
        MovementEntity entity = new MovementEntity();
        entity.id = id;
        entity.tenantId = product.tenantId();
        entity.productId = product.id();
        entity.type = move.type();
        entity.quantity = move.quantity();
        entity.quantityBefore = change.before().quantity();
        entity.quantityAfter = after.quantity();
        entity.reservedAfter = after.reserved();
        entity.reason = move.reason();
        entity.reference = move.reference();
        entity.actor = actor;
        entity.createdAt = product.updatedAt();
        return entity;
    }

    Movement toMovement() {
        if (position == null) {
            throw new IllegalStateException("not in the ledger yet");
        }
        return new Movement(
                position,
                new MovementView(
                        id,
                        productId,
                        type,
                        quantity,
                        quantityBefore,
                        quantityAfter,
                        reservedAfter,
                        reason,
                        reference,
                        actor,
                        createdAt));
    }
}
