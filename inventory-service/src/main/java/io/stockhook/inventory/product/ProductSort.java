package io.stockhook.inventory.product;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.stockhook.events.Ids;
import java.util.function.Function;

/** The orders a list of products comes in. The id is the last criterion of each, so that every order is total. */
public enum ProductSort {
    /** By time of creation, oldest first. */
    @JsonProperty("id")
    ID("id", false, Product::id, text -> text),
    @JsonProperty("-id")
    ID_DESCENDING("id", true, Product::id, text -> text),
    @JsonProperty("name")
    NAME("name", false, product -> product.details().name(), text -> text),
    @JsonProperty("-name")
    NAME_DESCENDING("name", true, product -> product.details().name(), text -> text),
    @JsonProperty("price")
    PRICE(
            "priceRank",
            false,
            product -> product.details().price().toPlainString(),
            text -> Prices.rank(Prices.parse(text))),
    @JsonProperty("-price")
    PRICE_DESCENDING(
            "priceRank",
            true,
            product -> product.details().price().toPlainString(),
            text -> Prices.rank(Prices.parse(text)));

    private static final int POSITION_PARTS = 3;

    private final String field;
    private final boolean descending;
    private final Function<Product, String> key;
    private final Function<String, Object> parse;

    ProductSort(String field, boolean descending, Function<Product, String> key, Function<String, Object> parse) {
        this.field = field;
        this.descending = descending;
        this.key = key;
        this.parse = parse;
    }

    /** What to order by, in HQL. */
    String orderBy() {
        String direction = descending ? " desc" : " asc";
        return isById() ? "p.id" + direction : "p." + field + direction + ", p.id" + direction;
    }

    /** The condition on what comes after a {@link Position}, in HQL with parameters {@code afterId} and {@code afterKey}. */
    String afterCondition() {
        String operator = descending ? " < " : " > ";
        return isById()
                ? "p.id" + operator + ":afterId"
                : "(p." + field + ", p.id)" + operator + "(:afterKey, :afterId)";
    }

    /** Whether the id alone is the order, so that there is no other key. */
    boolean isById() {
        return field.equals("id");
    }

    /** A product's position in this order, as text. */
    String positionOf(Product product) {
        return String.join("\n", name(), product.id(), key.apply(product));
    }

    /**
     * The position that the text holds.
     *
     * @throws IllegalArgumentException if it is no position in this order
     */
    Position parsePosition(String position) {
        String[] parts = position.split("\n", POSITION_PARTS);
        if (parts.length != POSITION_PARTS || !parts[0].equals(name())) {
            throw new IllegalArgumentException("a position in another order");
        }
        return new Position(Ids.require(Ids.Kind.PRODUCT, parts[1]), parse.apply(parts[2]));
    }

    /** After which product to go on: its id and what it is sorted by. */
    record Position(String id, Object key) {}
}
