package io.stockhook.inventory.stock;

import io.stockhook.inventory.product.MovementType;
import io.stockhook.web.validation.PlainText;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which lines of the ledger a list shows: those that hold to every filter that is given. */
public record MovementFilter(
        @QueryParam("product_id")
        @PlainText
        @Parameter(description = "Of this product.", example = "prd_0199f0a1b2c37d4e8f90a1b2c3d4e5f6")
        @Nullable
        String productId,

        @QueryParam("type") @Parameter(description = "Of this kind.", example = "outflow") @Nullable
        MovementType type) {}
