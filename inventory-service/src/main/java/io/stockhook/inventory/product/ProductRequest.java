package io.stockhook.inventory.product;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockhook.web.validation.PlainText;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A product as a tenant states it. */
@Schema(name = "ProductRequest", description = "A product as its tenant states it.")
public record ProductRequest(
        @NotBlank
        @Size(max = 64)
        @PlainText
        @Schema(description = "The tenant's own name of it, unique for the tenant.", examples = "HEADPHONES-01")
        String sku,

        @NotBlank
        @Size(max = 200)
        @PlainText
        @Schema(description = "What it is called.", examples = "Wireless Headphones")
        String name,

        @Size(max = 10_000)
        @Pattern(
                regexp = "[[^\\p{Cc}]\\r\\n\\t]*",
                message = "must be text without control characters other than line breaks and tabs")
        @Schema(description = "What it is, at length.", examples = "Over-ear, noise cancelling.")
        @Nullable
        String description,

        @Size(min = 1, max = 100) @PlainText @Schema(description = "Its category's name.", examples = "Audio") @Nullable
        String category,

        @Size(min = 1, max = 100) @PlainText @Schema(description = "Its brand's name.", examples = "Acme") @Nullable
        String brand,

        @Size(min = 1, max = 100)
        @PlainText
        @Schema(description = "Its supplier's name.", examples = "Acme Wholesale")
        @Nullable
        String supplier,

        @NotNull
        @Price
        @Schema(
                description =
                        "What one costs: an exact decimal from 0 up, at most 15 digits before and 4 after the point."
                                + " It is never rounded.",
                examples = "199.90")
        BigDecimal price,

        @NotNull @IsoCurrency @Schema(description = "The price's currency, ISO 4217.", examples = "EUR")
        String currency,

        @BoundedAttributes
        @Schema(
                type = SchemaType.OBJECT,
                implementation = Object.class,
                description =
                        "Anything else: a JSON object of at most 16 KiB, nested up to 8 levels; empty by default.",
                examples = "{\"color\":\"black\"}")
        @Nullable
        ObjectNode attributes,

        @NotNull @Min(0) @Max(StockLevel.MAX) @Schema(description = "How many are available.", examples = "25")
        Long quantity,

        @Min(0)
        @Max(StockLevel.MAX)
        @Schema(
                description = "At and below which quantity the stock is low; 0, the default, switches that off.",
                examples = "10")
        @Nullable
        Long threshold) {}
