package io.stockhook.inventory.stock;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import io.stockhook.events.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ledger's table. Every query takes the tenant first. */
@ApplicationScoped
class MovementRepository implements PanacheRepositoryBase<MovementEntity, Long> {

    /** Empty for what is no identifier at all, too. */
    Optional<MovementEntity> findOfTenant(String tenantId, String id) {
        if (!Ids.isA(Ids.Kind.STOCK_MOVEMENT, id)) {
            return Optional.empty();
        }
        return find("tenantId = ?1 and id = ?2", tenantId, id).firstResultOptional();
    }

    /**
     * A stretch of the tenant's ledger, newest first.
     *
     * @param before the position it begins below; null for the newest
     * @param atMost how many
     */
    List<Movement> listOfTenant(String tenantId, MovementFilter filter, @Nullable Long before, int atMost) {
        var where = new StringBuilder("tenantId = :tenant");
        var parameters = Parameters.with("tenant", tenantId);
        if (filter.productId() != null) {
            where.append(" and productId = :product");
            parameters.and("product", filter.productId());
        }
        if (filter.type() != null) {
            where.append(" and type = :type");
            parameters.and("type", filter.type());
        }
        if (before != null) {
            where.append(" and position < :before");
            parameters.and("before", before);
        }
        return find(where + " order by position desc", parameters).page(0, atMost).stream()
                .map(MovementEntity::toMovement)
                .toList();
    }
}
