package io.stockhook.inventory.stock;

import io.stockhook.web.auth.Roles;
import io.stockhook.web.idempotency.Idempotent;
import io.stockhook.web.paging.Page;
import io.stockhook.web.paging.PageQuery;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The movements of one product. */
@Path("/api/v1/products/{id}/stock-movements")
@Tag(
        name = "Stock",
        description = "Movements of stock. A product's quantity is the sum of its movements, and never below 0.")
public class ProductMovementsResource {

    private final StockService service;

    ProductMovementsResource(StockService service) {
        this.service = service;
    }

    @POST
    @Idempotent
    @RolesAllowed(Roles.EDITOR)
    @Operation(
            summary = "Move a product's stock",
            description = "Publishes `product.updated` and `inventory.stock_changed`, and where a line is crossed"
                    + " `inventory.low_stock`, `product.out_of_stock` or `product.back_in_stock`.")
    @APIResponse(
            responseCode = "201",
            description = "Moved",
            content = @Content(schema = @Schema(implementation = MovementView.class)))
    @APIResponse(responseCode = "409", description = "There is not enough; the answer says how much there is")
    public RestResponse<MovementView> move(
            @PathParam("id") @Parameter(example = "prd_0199f0a1b2c37d4e8f90a1b2c3d4e5f6") String productId,
            @Valid MovementRequest request) {
        MovementView moved = service.move(productId, request);
        return RestResponse.ResponseBuilder.ok(moved)
                .status(RestResponse.Status.CREATED)
                .location(URI.create(LedgerResource.PATH + '/' + moved.id()))
                .build();
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "List a product's movements", description = "Newest first.")
    public Page<MovementView> listOfProduct(
            @PathParam("id") @Parameter(example = "prd_0199f0a1b2c37d4e8f90a1b2c3d4e5f6") String productId,
            @BeanParam PageQuery page) {
        return LedgerResource.page(service.listOfProduct(productId, page), page);
    }
}
