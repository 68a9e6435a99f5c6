package io.stockhook.inventory.product;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/** Attributes within the limits of {@link AttributeLimits}. */
@Documented
@Constraint(validatedBy = BoundedAttributes.Validator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@interface BoundedAttributes {

    String message() default "must be within the limits";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Names the limit that is exceeded. */
    final class Validator implements ConstraintValidator<BoundedAttributes, ObjectNode> {

        @Override
        public boolean isValid(@Nullable ObjectNode attributes, ConstraintValidatorContext context) {
            if (attributes == null) {
                return true;
            }
            var violation = AttributeLimits.violation(attributes);
            violation.ifPresent(message -> {
                context.disableDefaultConstraintViolation();
                context.buildConstraintViolationWithTemplate(message).addConstraintViolation();
            });
            return violation.isEmpty();
        }
    }
}
