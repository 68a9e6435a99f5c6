package io.stockhook.inventory.product;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A price as {@link Prices} has it. The digits alone would not do: their count overflows for a number with a huge exponent. */
@Documented
@Constraint(validatedBy = {})
@DecimalMin("0")
@DecimalMax(Prices.MAX)
@Digits(integer = Prices.INTEGER_DIGITS, fraction = Prices.FRACTION_DIGITS)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@interface Price {

    String message() default "must be a price";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
