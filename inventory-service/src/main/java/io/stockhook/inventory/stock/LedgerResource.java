package io.stockhook.inventory.stock;

import io.stockhook.web.auth.Roles;
import io.stockhook.web.paging.Page;
import io.stockhook.web.paging.PageQuery;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The ledger of all movements of the tenant's stock. */
@Path(LedgerResource.PATH)
@Tag(
        name = "Stock",
        description = "Movements of stock. A product's quantity is the sum of its movements, and never below 0.")
public class LedgerResource {

    static final String PATH = "/api/v1/stock-movements";

    private final StockService service;

    LedgerResource(StockService service) {
        this.service = service;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "List all movements", description = "Newest first, those of deleted products as well.")
    public Page<MovementView> list(@Valid @BeanParam MovementFilter filter, @BeanParam PageQuery page) {
        return page(service.list(filter, page), page);
    }

    @GET
    @Path("/{id}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Get a movement", description = "One line of the ledger.")
    public MovementView get(@PathParam("id") @Parameter(example = "mov_0199f0a1b2c37d4e8f90a1b2c3d4e5f6") String id) {
        return service.get(id);
    }

    /** The page that shows these lines. */
    static Page<MovementView> page(List<Movement> rows, PageQuery page) {
        return Page.of(rows, page, movement -> Long.toString(movement.position()), Movement::view, null);
    }
}
