package io.stockhook.inventory.product;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.stockhook.web.patch.MergePatcher;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolationException;

/** Between the products of the API and those of the service. */
@Singleton
class ProductMapper {

    private final MergePatcher patcher;

    ProductMapper(MergePatcher patcher) {
        this.patcher = patcher;
    }

    ProductView view(Product product) {
        ProductDetails details = product.details();
        StockLevel stock = product.stock();
        return new ProductView(
                product.id(),
                details.sku(),
                details.name(),
                details.description(),
                details.category(),
                details.brand(),
                details.supplier(),
                details.price(),
                details.currency(),
                details.attributes(),
                stock.quantity(),
                stock.reserved(),
                stock.threshold(),
                product.version(),
                product.createdAt(),
                product.updatedAt());
    }

    ProductDetails details(ProductRequest request) {
        return new ProductDetails(
                request.sku(),
                request.name(),
                request.description(),
                request.category(),
                request.brand(),
                request.supplier(),
                Prices.plain(request.price()),
                request.currency(),
                request.attributes() == null ? JsonNodeFactory.instance.objectNode() : request.attributes());
    }

    /** The stock of a new product. */
    StockLevel stock(ProductRequest request) {
        return new StockLevel(0, 0, 0).stated(request.quantity(), threshold(request));
    }

    /** The product with everything as the request states it. */
    Product replaced(Product product, ProductRequest request) {
        return product.with(details(request), product.stock().stated(request.quantity(), threshold(request)));
    }

    /**
     * The product as it is after a JSON merge patch.
     *
     * @throws HttpProblem 400 naming the field if the result has fields or types that a product does not have
     * @throws ConstraintViolationException if the result holds values that a product may not have
     */
    Product patched(Product product, JsonNode patch) {
        return replaced(product, patcher.apply(request(product), patch, ProductRequest.class));
    }

    private static ProductRequest request(Product product) {
        ProductDetails details = product.details();
        return new ProductRequest(
                details.sku(),
                details.name(),
                details.description(),
                details.category(),
                details.brand(),
                details.supplier(),
                details.price(),
                details.currency(),
                details.attributes(),
                product.stock().quantity(),
                product.stock().threshold());
    }

    private static long threshold(ProductRequest request) {
        return request.threshold() == null ? 0 : request.threshold();
    }
}
