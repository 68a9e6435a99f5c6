package io.stockhook.inventory.product;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import io.stockhook.events.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The product table. Every query takes the tenant first. */
@ApplicationScoped
class ProductRepository implements PanacheRepositoryBase<ProductEntity, String> {

    /** Empty for what is no identifier at all, too. */
    Optional<ProductEntity> findOfTenant(String tenantId, String id) {
        return findOfTenant(tenantId, id, LockModeType.NONE);
    }

    /** Waits for whoever changes the product now, and keeps others waiting until the transaction ends. */
    Optional<ProductEntity> lockOfTenant(String tenantId, String id) {
        return findOfTenant(tenantId, id, LockModeType.PESSIMISTIC_WRITE);
    }

    private Optional<ProductEntity> findOfTenant(String tenantId, String id, LockModeType lock) {
        if (!Ids.isA(Ids.Kind.PRODUCT, id)) {
            return Optional.empty();
        }
        return find("tenantId = ?1 and id = ?2", tenantId, id).withLock(lock).firstResultOptional();
    }

    /**
     * A stretch of the tenant's products.
     *
     * @param after where it begins; null for the beginning of the list
     * @param atMost how many
     */
    List<Product> listOfTenant(
            String tenantId, ProductFilter filter, ProductSort sort, ProductSort.@Nullable Position after, int atMost) {
        var conditions = new Conditions(tenantId);
        conditions.equal("sku", filter.sku());
        conditions.equal("category", filter.category());
        conditions.equal("brand", filter.brand());
        conditions.equal("supplier", filter.supplier());
        conditions.containing(filter.text());
        conditions.compare("p.priceRank >= :priceMin", "priceMin", rank(filter.priceMin()));
        conditions.compare("p.priceRank <= :priceMax", "priceMax", rank(filter.priceMax()));
        if (filter.stockState() != null) {
            conditions.add(filter.stockState().condition());
        }
        if (after != null) {
            conditions.after(sort, after);
        }
        return find(conditions.where() + " order by " + sort.orderBy(), conditions.parameters).page(0, atMost).stream()
                .map(ProductEntity::toProduct)
                .toList();
    }

    private static @Nullable Long rank(@Nullable BigDecimal price) {
        return price == null ? null : Prices.rank(price);
    }

    /** A where clause with its parameters. */
    private static final class Conditions {

        private static final String TEXT = "(p.name ilike :text escape '\\' or p.sku ilike :text escape '\\'"
                + " or p.description ilike :text escape '\\')";

        private final List<String> terms = new ArrayList<>();
        private final Parameters parameters = new Parameters();

        Conditions(String tenantId) {
            equal("tenantId", tenantId);
        }

        void equal(String field, @Nullable String value) {
            compare("p." + field + " = :" + field, field, value);
        }

        void compare(String term, String parameter, @Nullable Object value) {
            if (value != null) {
                terms.add(term);
                parameters.and(parameter, value);
            }
        }

        void containing(@Nullable String text) {
            if (text != null) {
                String literal = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
                compare(TEXT, "text", '%' + literal + '%');
            }
        }

        void after(ProductSort sort, ProductSort.Position position) {
            compare(sort.afterCondition(), "afterId", position.id());
            if (!sort.isById()) {
                parameters.and("afterKey", position.key());
            }
        }

        void add(String term) {
            terms.add(term);
        }

        String where() {
            return "from Product p where " + String.join(" and ", terms);
        }
    }
}
