package io.stockhook.inventory.product;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhook.web.etag.Versioned;
import java.math.BigDecimal;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A product as the API shows it. */
@Schema(name = "Product", description = "A product.")
public record ProductView(
        @Schema(description = "Its identifier.", examples = "prd_0199f0a1b2c37d4e8f90a1b2c3d4e5f6")
        String id,

        @Schema(description = "The tenant's own name of it.", examples = "HEADPHONES-01")
        String sku,

        @Schema(description = "What it is called.", examples = "Wireless Headphones")
        String name,

        @Schema(description = "What it is, at length.", examples = "Over-ear, noise cancelling.") @Nullable
        String description,

        @Schema(description = "Its category's name.", examples = "Audio") @Nullable
        String category,

        @Schema(description = "Its brand's name.", examples = "Acme") @Nullable
        String brand,

        @Schema(description = "Its supplier's name.", examples = "Acme Wholesale") @Nullable
        String supplier,

        @Schema(description = "What one costs, exactly.", examples = "199.90")
        BigDecimal price,

        @Schema(description = "The price's currency, ISO 4217.", examples = "EUR")
        String currency,

        @Schema(
                type = SchemaType.OBJECT,
                implementation = Object.class,
                description = "Anything else.",
                examples = "{\"color\":\"black\"}")
        ObjectNode attributes,

        @Schema(description = "How many are available.", examples = "25")
        long quantity,

        @Schema(description = "How many are promised by reservations and no longer available.", examples = "0")
        long reserved,

        @Schema(description = "At and below which quantity the stock is low.", examples = "10")
        long threshold,

        @Schema(description = "1 at creation, one more with every change; also the entity tag.", examples = "1")
        long version,

        @Schema(description = "When it was created.", examples = "2026-01-15T10:30:00.123456Z")
        Instant createdAt,

        @Schema(description = "When it was last changed.", examples = "2026-01-15T10:30:00.123456Z")
        Instant updatedAt)
        implements Versioned {}
