package io.stockhook.inventory.product;

import java.math.BigDecimal;

/**
 * The rule for prices: exact decimals from zero up, with at most {@value #INTEGER_DIGITS} digits before the point and {@value
 * #FRACTION_DIGITS} after it. A price is never rounded: one that does not fit is refused.
 */
final class Prices {

    static final int INTEGER_DIGITS = 15;
    static final int FRACTION_DIGITS = 4;

    /** The largest price. */
    static final String MAX = "999999999999999.9999";

    private static final int LONGEST_TEXT = 32;
    private static final BigDecimal MIDDLE = new BigDecimal("5000000000000000000");

    private Prices() {}

    /**
     * The price that a query or a cursor names.
     *
     * @throws IllegalArgumentException if the text is no price
     */
    static BigDecimal parse(String text) {
        if (text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException("too long for a price");
        }
        BigDecimal price = new BigDecimal(text);
        if (price.signum() < 0
                || price.scale() > FRACTION_DIGITS
                || price.precision() - (long) price.scale() > INTEGER_DIGITS) {
            throw new IllegalArgumentException("outside the range of prices");
        }
        return plain(price);
    }

    /** Orders prices as they are ordered, in a type that the database can search by; see the table's column of this name. */
    static long rank(BigDecimal price) {
        return price.movePointRight(FRACTION_DIGITS).subtract(MIDDLE).longValueExact();
    }

    /** The same number written without an exponent; trailing zeros stay as they were given. */
    static BigDecimal plain(BigDecimal price) {
        return price.scale() < 0 ? price.setScale(0) : price;
    }
}
